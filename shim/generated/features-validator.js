// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/features.schema.json by `npm run generate`. Do not edit.
function findFault(definitions, node, value, at = "") {
  const { $ref, type, pattern, enum: allowedValues } = node;
  if ($ref !== void 0) return findFault(definitions, definitions[$ref], value, at);
  if (type !== void 0 && !isOfType(value, type)) {
    return fault(at, "type", { type }, `must be ${type}`);
  }
  if (type === "object") return findInObject(definitions, node, value, at);
  if (type === "array") return findInArray(definitions, node, value, at);
  if (type === "integer") return findInRange(node, value, at);
  if (pattern !== void 0 && !new RegExp(pattern, "u").test(value)) {
    return fault(at, "pattern", { pattern }, `must match pattern "${pattern}"`);
  }
  if (allowedValues !== void 0 && !allowedValues.includes(value)) {
    return fault(at, "enum", { allowedValues }, "must be equal to one of the allowed values");
  }
  return void 0;
}
function findInObject(definitions, { required = [], properties, additionalProperties }, value, at) {
  const members = value;
  for (const missingProperty of required) {
    if (members[missingProperty] !== void 0) continue;
    const message = `must have required property '${missingProperty}'`;
    return fault(at, "required", { missingProperty }, message);
  }
  for (const name in properties) {
    if (members[name] === void 0) continue;
    const found = findFault(definitions, properties[name], members[name], `${at}/${name}`);
    if (found) return found;
  }
  if (additionalProperties === void 0) return void 0;
  for (const name in members) {
    const part = name.replaceAll("~", "~0").replaceAll("/", "~1");
    const found = findFault(definitions, additionalProperties, members[name], `${at}/${part}`);
    if (found) return found;
  }
  return void 0;
}
function findInArray(definitions, { items }, value, at) {
  if (items === void 0) return void 0;
  for (let index = 0; index < value.length; index++) {
    const found = findFault(definitions, items, value[index], `${at}/${index}`);
    if (found) return found;
  }
  return void 0;
}
function findInRange({ minimum, maximum }, value, at) {
  if (maximum !== void 0 && value > maximum) {
    const params = { comparison: "<=", limit: maximum };
    return fault(at, "maximum", params, `must be <= ${maximum}`);
  }
  if (minimum !== void 0 && value < minimum) {
    const params = { comparison: ">=", limit: minimum };
    return fault(at, "minimum", params, `must be >= ${minimum}`);
  }
  return void 0;
}
function isOfType(value, type) {
  switch (type) {
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
  }
}
function fault(instancePath, keyword, params, message) {
  return { instancePath, keyword, params, message };
}

// Text, since V8 reads JSON faster than an object's code.
const { root, definitions } = JSON.parse(String.raw`{"root":{"type":"object","properties":{"ociVersionMin":{"type":"string"},"ociVersionMax":{"type":"string"},"hooks":{"$ref":"names"},"mountOptions":{"$ref":"names"},"annotations":{"type":"object","additionalProperties":{"type":"string"}},"potentiallyUnsafeConfigAnnotations":{"$ref":"names"},"linux":{"type":"object","properties":{"namespaces":{"$ref":"names"},"capabilities":{"$ref":"names"},"cgroup":{"type":"object","properties":{"v1":{"type":"boolean"},"v2":{"type":"boolean"},"systemd":{"type":"boolean"},"systemdUser":{"type":"boolean"},"rdma":{"type":"boolean"}}},"seccomp":{"type":"object","properties":{"enabled":{"type":"boolean"},"actions":{"$ref":"names"},"operators":{"$ref":"names"},"archs":{"$ref":"names"},"knownFlags":{"$ref":"names"},"supportedFlags":{"$ref":"names"}}},"apparmor":{"type":"object","properties":{"enabled":{"type":"boolean"}}},"selinux":{"type":"object","properties":{"enabled":{"type":"boolean"}}},"intelRdt":{"type":"object","properties":{"enabled":{"type":"boolean"},"schemata":{"type":"boolean"},"monitoring":{"type":"boolean"}}},"mountExtensions":{"type":"object","properties":{"idmap":{"type":"object","properties":{"enabled":{"type":"boolean"}}}}},"netDevices":{"type":"object","properties":{"enabled":{"type":"boolean"}}},"memoryPolicy":{"type":"object","properties":{"modes":{"$ref":"names"},"flags":{"$ref":"names"}}}}}}},"definitions":{
"names":{"type":"array","items":{"type":"string"}}
}}`);

export function validate(value) {
  const found = findFault(definitions, root, value);
  validate.errors = found === undefined ? null : [found];
  return found === undefined;
}
export default validate;
