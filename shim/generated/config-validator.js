// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.
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
const { root, definitions } = JSON.parse(String.raw`{"root":{"type":"object","required":["root"],"properties":{"ociVersion":{"type":"string"},"root":{"$ref":"root"},"mounts":{"type":"array","items":{"$ref":"mount"}},"process":{"$ref":"process"},"hostname":{"type":"string"},"domainname":{"type":"string"},"hooks":{"$ref":"hooks"},"annotations":{"$ref":"map"},"linux":{"$ref":"linux"},"solaris":{"type":"object"},"windows":{"type":"object"},"vm":{"type":"object"},"zos":{"type":"object"},"freebsd":{"type":"object"}}},"definitions":{
"root":{"type":"object","required":["path"],"properties":{"path":{"type":"string","pattern":"^[^\\u0000]+$"},"readonly":{"type":"boolean"}}},
"consoleSize":{"type":"object","required":["height","width"],"properties":{"height":{"$ref":"uint64"},"width":{"$ref":"uint64"}}},
"user":{"type":"object","properties":{"uid":{"$ref":"uint32"},"gid":{"$ref":"uint32"},"umask":{"$ref":"uint32"},"additionalGids":{"type":"array","items":{"$ref":"uint32"}},"username":{"type":"string"}}},
"capabilities":{"type":"object","properties":{"bounding":{"$ref":"names"},"effective":{"$ref":"names"},"inheritable":{"$ref":"names"},"permitted":{"$ref":"names"},"ambient":{"$ref":"names"}}},
"scheduler":{"type":"object","properties":{"policy":{"type":"string"},"nice":{"$ref":"int32"},"priority":{"$ref":"int32"},"flags":{"$ref":"names"},"runtime":{"$ref":"uint64"},"deadline":{"$ref":"uint64"},"period":{"$ref":"uint64"}}},
"ioPriority":{"type":"object","properties":{"class":{"type":"string"},"priority":{"$ref":"int64"}}},
"execCpuAffinity":{"type":"object","properties":{"initial":{"type":"string"},"final":{"type":"string"}}},
"process":{"type":"object","properties":{"terminal":{"type":"boolean"},"consoleSize":{"$ref":"consoleSize"},"cwd":{"type":"string"},"env":{"$ref":"names"},"args":{"$ref":"names"},"commandLine":{"type":"string"},"user":{"$ref":"user"},"capabilities":{"$ref":"capabilities"},"rlimits":{"type":"array","items":{"$ref":"rlimit"}},"noNewPrivileges":{"type":"boolean"},"apparmorProfile":{"type":"string"},"selinuxLabel":{"type":"string"},"oomScoreAdj":{"$ref":"int64"},"scheduler":{"$ref":"scheduler"},"ioPriority":{"$ref":"ioPriority"},"execCPUAffinity":{"$ref":"execCpuAffinity"}}},
"hooks":{"type":"object","properties":{"prestart":{"$ref":"hookList"},"createRuntime":{"$ref":"hookList"},"createContainer":{"$ref":"hookList"},"startContainer":{"$ref":"hookList"},"poststart":{"$ref":"hookList"},"poststop":{"$ref":"hookList"}}},
"timeOffset":{"type":"object","properties":{"secs":{"$ref":"int64"},"nanosecs":{"$ref":"uint32"}}},
"netDevice":{"type":"object","properties":{"name":{"type":"string"}}},
"memory":{"type":"object","properties":{"limit":{"$ref":"int64"},"reservation":{"$ref":"int64"},"swap":{"$ref":"int64"},"kernel":{"$ref":"int64"},"kernelTCP":{"$ref":"int64"},"swappiness":{"$ref":"uint64"},"disableOOMKiller":{"type":"boolean"},"useHierarchy":{"type":"boolean"},"checkBeforeUpdate":{"type":"boolean"}}},
"cpu":{"type":"object","properties":{"shares":{"$ref":"uint64"},"quota":{"$ref":"int64"},"burst":{"$ref":"uint64"},"period":{"$ref":"uint64"},"realtimeRuntime":{"$ref":"int64"},"realtimePeriod":{"$ref":"uint64"},"cpus":{"type":"string"},"mems":{"type":"string"},"idle":{"$ref":"int64"}}},
"pids":{"type":"object","properties":{"limit":{"$ref":"int64"}}},
"blockIo":{"type":"object","properties":{"weight":{"$ref":"uint16"},"leafWeight":{"$ref":"uint16"},"weightDevice":{"type":"array","items":{"$ref":"weightDevice"}},"throttleReadBpsDevice":{"$ref":"throttleList"},"throttleWriteBpsDevice":{"$ref":"throttleList"},"throttleReadIOPSDevice":{"$ref":"throttleList"},"throttleWriteIOPSDevice":{"$ref":"throttleList"}}},
"networkClass":{"type":"object","properties":{"classID":{"$ref":"uint32"},"priorities":{"type":"array","items":{"$ref":"interfacePriority"}}}},
"rdma":{"type":"object","properties":{"hcaHandles":{"$ref":"uint32"},"hcaObjects":{"$ref":"uint32"}}},
"resources":{"type":"object","properties":{"devices":{"type":"array","items":{"$ref":"deviceRule"}},"memory":{"$ref":"memory"},"cpu":{"$ref":"cpu"},"pids":{"$ref":"pids"},"blockIO":{"$ref":"blockIo"},"hugepageLimits":{"type":"array","items":{"$ref":"hugepageLimit"}},"network":{"$ref":"networkClass"},"rdma":{"type":"object","additionalProperties":{"$ref":"rdma"}},"unified":{"$ref":"map"}}},
"intelRdt":{"type":"object","properties":{"closID":{"type":"string"},"schemata":{"$ref":"names"},"l3CacheSchema":{"type":"string"},"memBwSchema":{"type":"string"},"enableCMT":{"type":"boolean"},"enableMBM":{"type":"boolean"},"enableMonitoring":{"type":"boolean"}}},
"memoryPolicy":{"type":"object","properties":{"mode":{"type":"string"},"nodes":{"type":"string"},"flags":{"$ref":"names"}}},
"seccomp":{"type":"object","required":["defaultAction"],"properties":{"defaultAction":{"$ref":"seccompAction"},"defaultErrnoRet":{"$ref":"uint64"},"architectures":{"$ref":"names"},"flags":{"$ref":"names"},"listenerPath":{"type":"string"},"listenerMetadata":{"type":"string"},"syscalls":{"type":"array","items":{"$ref":"syscallRule"}}}},
"personality":{"type":"object","properties":{"domain":{"type":"string"},"flags":{"$ref":"names"}}},
"linux":{"type":"object","properties":{"namespaces":{"type":"array","items":{"$ref":"namespace"}},"uidMappings":{"$ref":"mappingList"},"gidMappings":{"$ref":"mappingList"},"timeOffsets":{"type":"object","additionalProperties":{"$ref":"timeOffset"}},"devices":{"type":"array","items":{"$ref":"device"}},"netDevices":{"type":"object","additionalProperties":{"$ref":"netDevice"}},"cgroupsPath":{"type":"string"},"resources":{"$ref":"resources"},"intelRdt":{"$ref":"intelRdt"},"memoryPolicy":{"$ref":"memoryPolicy"},"sysctl":{"$ref":"map"},"seccomp":{"$ref":"seccomp"},"rootfsPropagation":{"type":"string"},"maskedPaths":{"$ref":"names"},"readonlyPaths":{"$ref":"names"},"mountLabel":{"type":"string"},"personality":{"$ref":"personality"}}},
"uint16":{"type":"integer","minimum":0,"maximum":65535},
"uint32":{"type":"integer","minimum":0,"maximum":4294967295},
"int32":{"type":"integer","minimum":-2147483648,"maximum":2147483647},
"uint64":{"type":"integer","minimum":0,"maximum":18446744073709552000},
"int64":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000},
"names":{"type":"array","items":{"type":"string"}},
"map":{"type":"object","additionalProperties":{"type":"string"}},
"mount":{"type":"object","required":["destination"],"properties":{"destination":{"type":"string","pattern":"^[^\\u0000]+$"},"type":{"type":"string","pattern":"^[^\\u0000]*$"},"source":{"type":"string","pattern":"^[^\\u0000]*$"},"options":{"$ref":"names"},"uidMappings":{"$ref":"mappingList"},"gidMappings":{"$ref":"mappingList"}}},
"rlimit":{"type":"object","required":["type","hard","soft"],"properties":{"type":{"type":"string"},"hard":{"$ref":"uint64"},"soft":{"$ref":"uint64"}}},
"hookList":{"type":"array","items":{"$ref":"hook"}},
"hook":{"type":"object","required":["path"],"properties":{"path":{"type":"string"},"args":{"$ref":"names"},"env":{"$ref":"names"},"timeout":{"$ref":"int64"}}},
"namespace":{"type":"object","required":["type"],"properties":{"type":{"enum":["pid","network","mount","ipc","uts","user","cgroup","time"]},"path":{"type":"string"}}},
"mappingList":{"type":"array","items":{"$ref":"mapping"}},
"mapping":{"type":"object","required":["containerID","hostID","size"],"properties":{"containerID":{"$ref":"uint32"},"hostID":{"$ref":"uint32"},"size":{"$ref":"uint32"}}},
"device":{"type":"object","required":["path","type"],"properties":{"path":{"type":"string","pattern":"^[^\\u0000]+$"},"type":{"type":"string"},"major":{"$ref":"int64"},"minor":{"$ref":"int64"},"fileMode":{"$ref":"uint32"},"uid":{"$ref":"uint32"},"gid":{"$ref":"uint32"}}},
"deviceRule":{"type":"object","required":["allow"],"properties":{"allow":{"type":"boolean"},"type":{"type":"string"},"major":{"$ref":"int64"},"minor":{"$ref":"int64"},"access":{"type":"string"}}},
"weightDevice":{"type":"object","required":["major","minor"],"properties":{"major":{"$ref":"int64"},"minor":{"$ref":"int64"},"weight":{"$ref":"uint16"},"leafWeight":{"$ref":"uint16"}}},
"throttleList":{"type":"array","items":{"$ref":"throttleDevice"}},
"throttleDevice":{"type":"object","required":["major","minor","rate"],"properties":{"major":{"$ref":"int64"},"minor":{"$ref":"int64"},"rate":{"$ref":"uint64"}}},
"hugepageLimit":{"type":"object","required":["pageSize","limit"],"properties":{"pageSize":{"type":"string"},"limit":{"$ref":"uint64"}}},
"interfacePriority":{"type":"object","required":["name","priority"],"properties":{"name":{"type":"string"},"priority":{"$ref":"uint32"}}},
"seccompAction":{"enum":["SCMP_ACT_ALLOW","SCMP_ACT_ERRNO","SCMP_ACT_KILL","SCMP_ACT_KILL_PROCESS","SCMP_ACT_KILL_THREAD","SCMP_ACT_LOG","SCMP_ACT_NOTIFY","SCMP_ACT_TRACE","SCMP_ACT_TRAP"]},
"syscallRule":{"type":"object","required":["names","action"],"properties":{"names":{"$ref":"names"},"action":{"$ref":"seccompAction"},"errnoRet":{"$ref":"uint64"},"args":{"type":"array","items":{"$ref":"syscallArgument"}}}},
"syscallArgument":{"type":"object","required":["index","value","op"],"properties":{"index":{"$ref":"uint64"},"value":{"$ref":"uint64"},"valueTwo":{"$ref":"uint64"},"op":{"enum":["SCMP_CMP_NE","SCMP_CMP_LT","SCMP_CMP_LE","SCMP_CMP_EQ","SCMP_CMP_GE","SCMP_CMP_GT","SCMP_CMP_MASKED_EQ"]}}}
}}`);

export function validate(value) {
  const found = findFault(definitions, root, value);
  validate.errors = found === undefined ? null : [found];
  return found === undefined;
}
export default validate;
