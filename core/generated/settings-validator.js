// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/settings.schema.json by `npm run generate`. Do not edit.
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"settings.schema.json","title":"Settings","description":"/etc/lockc/lockc.yaml: what the host's admin decides for every container. Every property has a default, and so has a missing file. Takes effect with `lockctl load` or `lockctl policy reload`.","type":"object","additionalProperties":false,"properties":{"runtime":{"description":"Absolute path of the low-level runtime (runc or crun) that lockc-runc becomes. Without it, the first that is found in the usual places.","type":"string","pattern":"^/[^\\u0000\\n]*[^/\\u0000\\n]$"},"attach":{"description":"How the kernel half gets to the kernel's decisions. lsm: through the security module bpf, which the kernel must have started. fmod_ret: before the kernel's functions that ask its security modules, where that is sound: only in a kernel whose tasks are not preempted (preempt=none or voluntary, up to 6.x). auto: lsm if the module runs, else fmod_ret if that is sound. What is not sound is refused. Takes effect with `lockctl load`.","enum":["auto","lsm","fmod_ret"],"default":"auto"},"defaultPolicy":{"description":"The policy of containers for which nothing else selects one, by its name: lower-case letters, digits and dashes.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$","default":"baseline"},"floor":{"description":"Every container is held at least as strictly as this policy says, whoever asks for less.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"ceiling":{"description":"No container is held more strictly than this policy says, whoever asks for more.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"requests":{"description":"What whoever starts a container may do with the annotation or the label org.lockc.policy (Docker, Podman). tighten: select a policy at least as strict as the one selected without it. any: select any policy. ignore: nothing. A mapping { tighten: true, also: [shop, team-*] }: beside stricter policies those that it lists, though they are looser. Labels come from images too: an image can choose what its user can.","oneOf":[{"enum":["tighten","any","ignore"]},{"type":"object","additionalProperties":false,"required":["also"],"properties":{"tighten":{"description":"Whether policies that are at least as strict may be asked for without being listed; true without it.","type":"boolean"},"also":{"description":"Policies that may be asked for though they are looser, by name; team-* means all that begin so. Floor and ceiling hold for them too.","type":"array","minItems":1,"maxItems":64,"items":{"type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"}}}}],"default":"tighten"},"engines":{"title":"Engines","description":"Other values for the containers of one engine, which is told by where it keeps the bundle.","type":"object","additionalProperties":false,"properties":{"docker":{"$ref":"#/definitions/selection"},"plugin":{"$ref":"#/definitions/selection"},"buildkit":{"$ref":"#/definitions/selection"},"podman":{"$ref":"#/definitions/selection"},"buildah":{"$ref":"#/definitions/selection"},"containerd":{"$ref":"#/definitions/selection"},"kubernetes":{"$ref":"#/definitions/selection"},"other":{"$ref":"#/definitions/selection"}}},"namespaces":{"description":"Other values for the pods of a Kubernetes namespace, by its name; team-* means all that begin so, of several the longest decides. They go before those of engines.","type":"object","propertyNames":{"pattern":"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$|^[a-z0-9-]*\\*$"},"additionalProperties":{"$ref":"#/definitions/selection"}},"guard":{"description":"What becomes of a low-level runtime that is executed past lockc-runc, by an engine that nobody told or by a user. off: nothing. audit: it is counted (lockctl status). enforce: it is refused with EPERM. Guarded are `runtime`, runc and crun in the usual places, and guardedRuntimes.","enum":["off","audit","enforce"],"default":"off"},"guardedRuntimes":{"description":"Absolute paths of further low-level runtimes for `guard`, such as those that Kubernetes distributions bring along.","type":"array","maxItems":32,"items":{"type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},"default":[]},"events":{"title":"EventSettings","description":"What is told by `lockctl events` beside what was refused, audited or changed.","type":"object","additionalProperties":false,"properties":{"debug":{"description":"Whether also that a container was registered, started, entered or released; false without it.","type":"boolean"}},"default":{"debug":false}},"engineRoots":{"description":"Further absolute directories that engines keep for their containers: what an engine mounts from there (root file systems, volumes, resolv.conf) is its own, not the user's, and no directory of a policy's hostPaths brings it along. The usual ones are known, and `lockctl load` reads others from the engines' own files, units and command lines; `lockctl status` shows all.","type":"array","items":{"type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},"default":[]},"engineSockets":{"description":"Absolute paths of the engines' sockets, for the rules engineSockets and groups of policies.","type":"array","items":{"type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},"default":["/run/docker.sock","/run/containerd/containerd.sock","/run/docker/containerd/containerd.sock","/run/crio/crio.sock","/run/podman/podman.sock","/run/buildkit/buildkitd.sock","/run/cri-dockerd.sock"]}},"definitions":{"selection":{"title":"Selection","description":"How the policy is chosen; what is left out is as outside.","type":"object","additionalProperties":false,"properties":{"defaultPolicy":{"description":"The policy of containers for which nothing else selects one, by its name: lower-case letters, digits and dashes.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"floor":{"description":"Every container is held at least as strictly as this policy says, whoever asks for less.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"ceiling":{"description":"No container is held more strictly than this policy says, whoever asks for more.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"requests":{"description":"What whoever starts a container may do with the annotation or the label org.lockc.policy (Docker, Podman). tighten: select a policy at least as strict as the one selected without it. any: select any policy. ignore: nothing. A mapping { tighten: true, also: [shop, team-*] }: beside stricter policies those that it lists, though they are looser. Labels come from images too: an image can choose what its user can.","oneOf":[{"enum":["tighten","any","ignore"]},{"type":"object","additionalProperties":false,"required":["also"],"properties":{"tighten":{"description":"Whether policies that are at least as strict may be asked for without being listed; true without it.","type":"boolean"},"also":{"description":"Policies that may be asked for though they are looser, by name; team-* means all that begin so. Floor and ceiling hold for them too.","type":"array","minItems":1,"maxItems":64,"items":{"type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"}}}}]}}}}};
const schema12 = {"title":"Selection","description":"How the policy is chosen; what is left out is as outside.","type":"object","additionalProperties":false,"properties":{"defaultPolicy":{"description":"The policy of containers for which nothing else selects one, by its name: lower-case letters, digits and dashes.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"floor":{"description":"Every container is held at least as strictly as this policy says, whoever asks for less.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"ceiling":{"description":"No container is held more strictly than this policy says, whoever asks for more.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"requests":{"description":"What whoever starts a container may do with the annotation or the label org.lockc.policy (Docker, Podman). tighten: select a policy at least as strict as the one selected without it. any: select any policy. ignore: nothing. A mapping { tighten: true, also: [shop, team-*] }: beside stricter policies those that it lists, though they are looser. Labels come from images too: an image can choose what its user can.","oneOf":[{"enum":["tighten","any","ignore"]},{"type":"object","additionalProperties":false,"required":["also"],"properties":{"tighten":{"description":"Whether policies that are at least as strict may be asked for without being listed; true without it.","type":"boolean"},"also":{"description":"Policies that may be asked for though they are looser, by name; team-* means all that begin so. Floor and ceiling hold for them too.","type":"array","minItems":1,"maxItems":64,"items":{"type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"}}}}]}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^/[^\\u0000\\n]*[^/\\u0000\\n]$", "u");
const pattern1 = new RegExp("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "u");
const pattern4 = new RegExp("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$", "u");
const pattern37 = new RegExp("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$|^[a-z0-9-]*\\*$", "u");
const pattern42 = new RegExp("^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="settings.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.runtime !== undefined){
let data0 = data.runtime;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err1 = {instancePath:instancePath+"/runtime",schemaPath:"#/properties/runtime/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000\\n]*[^/\\u0000\\n]$"},message:"must match pattern \""+"^/[^\\u0000\\n]*[^/\\u0000\\n]$"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/runtime",schemaPath:"#/properties/runtime/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.attach !== undefined){
let data1 = data.attach;
if(!(((data1 === "auto") || (data1 === "lsm")) || (data1 === "fmod_ret"))){
const err3 = {instancePath:instancePath+"/attach",schemaPath:"#/properties/attach/enum",keyword:"enum",params:{allowedValues: schema11.properties.attach.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.defaultPolicy !== undefined){
let data2 = data.defaultPolicy;
if(typeof data2 === "string"){
if(!pattern1.test(data2)){
const err4 = {instancePath:instancePath+"/defaultPolicy",schemaPath:"#/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/defaultPolicy",schemaPath:"#/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.floor !== undefined){
let data3 = data.floor;
if(typeof data3 === "string"){
if(!pattern1.test(data3)){
const err6 = {instancePath:instancePath+"/floor",schemaPath:"#/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/floor",schemaPath:"#/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.ceiling !== undefined){
let data4 = data.ceiling;
if(typeof data4 === "string"){
if(!pattern1.test(data4)){
const err8 = {instancePath:instancePath+"/ceiling",schemaPath:"#/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/ceiling",schemaPath:"#/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.requests !== undefined){
let data5 = data.requests;
const _errs12 = errors;
let valid1 = false;
let passing0 = null;
const _errs13 = errors;
if(!(((data5 === "tighten") || (data5 === "any")) || (data5 === "ignore"))){
const err10 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema11.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid0 = _errs13 === errors;
if(_valid0){
valid1 = true;
passing0 = 0;
}
const _errs14 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.also === undefined){
const err11 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
for(const key1 in data5){
if(!((key1 === "tighten") || (key1 === "also"))){
const err12 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data5.tighten !== undefined){
if(typeof data5.tighten !== "boolean"){
const err13 = {instancePath:instancePath+"/requests/tighten",schemaPath:"#/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data5.also !== undefined){
let data7 = data5.also;
if(Array.isArray(data7)){
if(data7.length > 64){
const err14 = {instancePath:instancePath+"/requests/also",schemaPath:"#/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data7.length < 1){
const err15 = {instancePath:instancePath+"/requests/also",schemaPath:"#/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 === "string"){
if(!pattern4.test(data8)){
const err16 = {instancePath:instancePath+"/requests/also/" + i0,schemaPath:"#/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/requests/also/" + i0,schemaPath:"#/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/requests/also",schemaPath:"#/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
var _valid0 = _errs14 === errors;
if(_valid0 && valid1){
valid1 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid1 = true;
passing0 = 1;
}
}
if(!valid1){
const err20 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
else {
errors = _errs12;
if(vErrors !== null){
if(_errs12){
vErrors.length = _errs12;
}
else {
vErrors = null;
}
}
}
}
if(data.engines !== undefined){
let data9 = data.engines;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key2 in data9){
if(!((((((((key2 === "docker") || (key2 === "plugin")) || (key2 === "buildkit")) || (key2 === "podman")) || (key2 === "buildah")) || (key2 === "containerd")) || (key2 === "kubernetes")) || (key2 === "other"))){
const err21 = {instancePath:instancePath+"/engines",schemaPath:"#/properties/engines/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data9.docker !== undefined){
let data10 = data9.docker;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key3 in data10){
if(!((((key3 === "defaultPolicy") || (key3 === "floor")) || (key3 === "ceiling")) || (key3 === "requests"))){
const err22 = {instancePath:instancePath+"/engines/docker",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data10.defaultPolicy !== undefined){
let data11 = data10.defaultPolicy;
if(typeof data11 === "string"){
if(!pattern1.test(data11)){
const err23 = {instancePath:instancePath+"/engines/docker/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/engines/docker/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data10.floor !== undefined){
let data12 = data10.floor;
if(typeof data12 === "string"){
if(!pattern1.test(data12)){
const err25 = {instancePath:instancePath+"/engines/docker/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/engines/docker/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data10.ceiling !== undefined){
let data13 = data10.ceiling;
if(typeof data13 === "string"){
if(!pattern1.test(data13)){
const err27 = {instancePath:instancePath+"/engines/docker/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/engines/docker/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data10.requests !== undefined){
let data14 = data10.requests;
const _errs37 = errors;
let valid8 = false;
let passing1 = null;
const _errs38 = errors;
if(!(((data14 === "tighten") || (data14 === "any")) || (data14 === "ignore"))){
const err29 = {instancePath:instancePath+"/engines/docker/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
var _valid1 = _errs38 === errors;
if(_valid1){
valid8 = true;
passing1 = 0;
}
const _errs39 = errors;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.also === undefined){
const err30 = {instancePath:instancePath+"/engines/docker/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
for(const key4 in data14){
if(!((key4 === "tighten") || (key4 === "also"))){
const err31 = {instancePath:instancePath+"/engines/docker/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data14.tighten !== undefined){
if(typeof data14.tighten !== "boolean"){
const err32 = {instancePath:instancePath+"/engines/docker/requests/tighten",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data14.also !== undefined){
let data16 = data14.also;
if(Array.isArray(data16)){
if(data16.length > 64){
const err33 = {instancePath:instancePath+"/engines/docker/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data16.length < 1){
const err34 = {instancePath:instancePath+"/engines/docker/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(typeof data17 === "string"){
if(!pattern4.test(data17)){
const err35 = {instancePath:instancePath+"/engines/docker/requests/also/" + i1,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/engines/docker/requests/also/" + i1,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/engines/docker/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/engines/docker/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
var _valid1 = _errs39 === errors;
if(_valid1 && valid8){
valid8 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid8 = true;
passing1 = 1;
}
}
if(!valid8){
const err39 = {instancePath:instancePath+"/engines/docker/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
else {
errors = _errs37;
if(vErrors !== null){
if(_errs37){
vErrors.length = _errs37;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err40 = {instancePath:instancePath+"/engines/docker",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data9.plugin !== undefined){
let data18 = data9.plugin;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key5 in data18){
if(!((((key5 === "defaultPolicy") || (key5 === "floor")) || (key5 === "ceiling")) || (key5 === "requests"))){
const err41 = {instancePath:instancePath+"/engines/plugin",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data18.defaultPolicy !== undefined){
let data19 = data18.defaultPolicy;
if(typeof data19 === "string"){
if(!pattern1.test(data19)){
const err42 = {instancePath:instancePath+"/engines/plugin/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/engines/plugin/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data18.floor !== undefined){
let data20 = data18.floor;
if(typeof data20 === "string"){
if(!pattern1.test(data20)){
const err44 = {instancePath:instancePath+"/engines/plugin/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
else {
const err45 = {instancePath:instancePath+"/engines/plugin/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data18.ceiling !== undefined){
let data21 = data18.ceiling;
if(typeof data21 === "string"){
if(!pattern1.test(data21)){
const err46 = {instancePath:instancePath+"/engines/plugin/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/engines/plugin/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data18.requests !== undefined){
let data22 = data18.requests;
const _errs59 = errors;
let valid14 = false;
let passing2 = null;
const _errs60 = errors;
if(!(((data22 === "tighten") || (data22 === "any")) || (data22 === "ignore"))){
const err48 = {instancePath:instancePath+"/engines/plugin/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
var _valid2 = _errs60 === errors;
if(_valid2){
valid14 = true;
passing2 = 0;
}
const _errs61 = errors;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.also === undefined){
const err49 = {instancePath:instancePath+"/engines/plugin/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
for(const key6 in data22){
if(!((key6 === "tighten") || (key6 === "also"))){
const err50 = {instancePath:instancePath+"/engines/plugin/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data22.tighten !== undefined){
if(typeof data22.tighten !== "boolean"){
const err51 = {instancePath:instancePath+"/engines/plugin/requests/tighten",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data22.also !== undefined){
let data24 = data22.also;
if(Array.isArray(data24)){
if(data24.length > 64){
const err52 = {instancePath:instancePath+"/engines/plugin/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data24.length < 1){
const err53 = {instancePath:instancePath+"/engines/plugin/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
const len2 = data24.length;
for(let i2=0; i2<len2; i2++){
let data25 = data24[i2];
if(typeof data25 === "string"){
if(!pattern4.test(data25)){
const err54 = {instancePath:instancePath+"/engines/plugin/requests/also/" + i2,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
else {
const err55 = {instancePath:instancePath+"/engines/plugin/requests/also/" + i2,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath:instancePath+"/engines/plugin/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
else {
const err57 = {instancePath:instancePath+"/engines/plugin/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
var _valid2 = _errs61 === errors;
if(_valid2 && valid14){
valid14 = false;
passing2 = [passing2, 1];
}
else {
if(_valid2){
valid14 = true;
passing2 = 1;
}
}
if(!valid14){
const err58 = {instancePath:instancePath+"/engines/plugin/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing2},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
else {
errors = _errs59;
if(vErrors !== null){
if(_errs59){
vErrors.length = _errs59;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err59 = {instancePath:instancePath+"/engines/plugin",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data9.buildkit !== undefined){
let data26 = data9.buildkit;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
for(const key7 in data26){
if(!((((key7 === "defaultPolicy") || (key7 === "floor")) || (key7 === "ceiling")) || (key7 === "requests"))){
const err60 = {instancePath:instancePath+"/engines/buildkit",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data26.defaultPolicy !== undefined){
let data27 = data26.defaultPolicy;
if(typeof data27 === "string"){
if(!pattern1.test(data27)){
const err61 = {instancePath:instancePath+"/engines/buildkit/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
else {
const err62 = {instancePath:instancePath+"/engines/buildkit/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data26.floor !== undefined){
let data28 = data26.floor;
if(typeof data28 === "string"){
if(!pattern1.test(data28)){
const err63 = {instancePath:instancePath+"/engines/buildkit/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/engines/buildkit/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data26.ceiling !== undefined){
let data29 = data26.ceiling;
if(typeof data29 === "string"){
if(!pattern1.test(data29)){
const err65 = {instancePath:instancePath+"/engines/buildkit/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
else {
const err66 = {instancePath:instancePath+"/engines/buildkit/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data26.requests !== undefined){
let data30 = data26.requests;
const _errs81 = errors;
let valid20 = false;
let passing3 = null;
const _errs82 = errors;
if(!(((data30 === "tighten") || (data30 === "any")) || (data30 === "ignore"))){
const err67 = {instancePath:instancePath+"/engines/buildkit/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
var _valid3 = _errs82 === errors;
if(_valid3){
valid20 = true;
passing3 = 0;
}
const _errs83 = errors;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(data30.also === undefined){
const err68 = {instancePath:instancePath+"/engines/buildkit/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
for(const key8 in data30){
if(!((key8 === "tighten") || (key8 === "also"))){
const err69 = {instancePath:instancePath+"/engines/buildkit/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data30.tighten !== undefined){
if(typeof data30.tighten !== "boolean"){
const err70 = {instancePath:instancePath+"/engines/buildkit/requests/tighten",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data30.also !== undefined){
let data32 = data30.also;
if(Array.isArray(data32)){
if(data32.length > 64){
const err71 = {instancePath:instancePath+"/engines/buildkit/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if(data32.length < 1){
const err72 = {instancePath:instancePath+"/engines/buildkit/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
const len3 = data32.length;
for(let i3=0; i3<len3; i3++){
let data33 = data32[i3];
if(typeof data33 === "string"){
if(!pattern4.test(data33)){
const err73 = {instancePath:instancePath+"/engines/buildkit/requests/also/" + i3,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
else {
const err74 = {instancePath:instancePath+"/engines/buildkit/requests/also/" + i3,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
}
else {
const err75 = {instancePath:instancePath+"/engines/buildkit/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
else {
const err76 = {instancePath:instancePath+"/engines/buildkit/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
var _valid3 = _errs83 === errors;
if(_valid3 && valid20){
valid20 = false;
passing3 = [passing3, 1];
}
else {
if(_valid3){
valid20 = true;
passing3 = 1;
}
}
if(!valid20){
const err77 = {instancePath:instancePath+"/engines/buildkit/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing3},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
else {
errors = _errs81;
if(vErrors !== null){
if(_errs81){
vErrors.length = _errs81;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err78 = {instancePath:instancePath+"/engines/buildkit",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data9.podman !== undefined){
let data34 = data9.podman;
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
for(const key9 in data34){
if(!((((key9 === "defaultPolicy") || (key9 === "floor")) || (key9 === "ceiling")) || (key9 === "requests"))){
const err79 = {instancePath:instancePath+"/engines/podman",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data34.defaultPolicy !== undefined){
let data35 = data34.defaultPolicy;
if(typeof data35 === "string"){
if(!pattern1.test(data35)){
const err80 = {instancePath:instancePath+"/engines/podman/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
else {
const err81 = {instancePath:instancePath+"/engines/podman/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data34.floor !== undefined){
let data36 = data34.floor;
if(typeof data36 === "string"){
if(!pattern1.test(data36)){
const err82 = {instancePath:instancePath+"/engines/podman/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
else {
const err83 = {instancePath:instancePath+"/engines/podman/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data34.ceiling !== undefined){
let data37 = data34.ceiling;
if(typeof data37 === "string"){
if(!pattern1.test(data37)){
const err84 = {instancePath:instancePath+"/engines/podman/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/engines/podman/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data34.requests !== undefined){
let data38 = data34.requests;
const _errs103 = errors;
let valid26 = false;
let passing4 = null;
const _errs104 = errors;
if(!(((data38 === "tighten") || (data38 === "any")) || (data38 === "ignore"))){
const err86 = {instancePath:instancePath+"/engines/podman/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
var _valid4 = _errs104 === errors;
if(_valid4){
valid26 = true;
passing4 = 0;
}
const _errs105 = errors;
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if(data38.also === undefined){
const err87 = {instancePath:instancePath+"/engines/podman/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
for(const key10 in data38){
if(!((key10 === "tighten") || (key10 === "also"))){
const err88 = {instancePath:instancePath+"/engines/podman/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data38.tighten !== undefined){
if(typeof data38.tighten !== "boolean"){
const err89 = {instancePath:instancePath+"/engines/podman/requests/tighten",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data38.also !== undefined){
let data40 = data38.also;
if(Array.isArray(data40)){
if(data40.length > 64){
const err90 = {instancePath:instancePath+"/engines/podman/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data40.length < 1){
const err91 = {instancePath:instancePath+"/engines/podman/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
const len4 = data40.length;
for(let i4=0; i4<len4; i4++){
let data41 = data40[i4];
if(typeof data41 === "string"){
if(!pattern4.test(data41)){
const err92 = {instancePath:instancePath+"/engines/podman/requests/also/" + i4,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
else {
const err93 = {instancePath:instancePath+"/engines/podman/requests/also/" + i4,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
else {
const err94 = {instancePath:instancePath+"/engines/podman/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
}
else {
const err95 = {instancePath:instancePath+"/engines/podman/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
var _valid4 = _errs105 === errors;
if(_valid4 && valid26){
valid26 = false;
passing4 = [passing4, 1];
}
else {
if(_valid4){
valid26 = true;
passing4 = 1;
}
}
if(!valid26){
const err96 = {instancePath:instancePath+"/engines/podman/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing4},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
else {
errors = _errs103;
if(vErrors !== null){
if(_errs103){
vErrors.length = _errs103;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err97 = {instancePath:instancePath+"/engines/podman",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data9.buildah !== undefined){
let data42 = data9.buildah;
if(data42 && typeof data42 == "object" && !Array.isArray(data42)){
for(const key11 in data42){
if(!((((key11 === "defaultPolicy") || (key11 === "floor")) || (key11 === "ceiling")) || (key11 === "requests"))){
const err98 = {instancePath:instancePath+"/engines/buildah",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data42.defaultPolicy !== undefined){
let data43 = data42.defaultPolicy;
if(typeof data43 === "string"){
if(!pattern1.test(data43)){
const err99 = {instancePath:instancePath+"/engines/buildah/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
else {
const err100 = {instancePath:instancePath+"/engines/buildah/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data42.floor !== undefined){
let data44 = data42.floor;
if(typeof data44 === "string"){
if(!pattern1.test(data44)){
const err101 = {instancePath:instancePath+"/engines/buildah/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
else {
const err102 = {instancePath:instancePath+"/engines/buildah/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data42.ceiling !== undefined){
let data45 = data42.ceiling;
if(typeof data45 === "string"){
if(!pattern1.test(data45)){
const err103 = {instancePath:instancePath+"/engines/buildah/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
else {
const err104 = {instancePath:instancePath+"/engines/buildah/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data42.requests !== undefined){
let data46 = data42.requests;
const _errs125 = errors;
let valid32 = false;
let passing5 = null;
const _errs126 = errors;
if(!(((data46 === "tighten") || (data46 === "any")) || (data46 === "ignore"))){
const err105 = {instancePath:instancePath+"/engines/buildah/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
var _valid5 = _errs126 === errors;
if(_valid5){
valid32 = true;
passing5 = 0;
}
const _errs127 = errors;
if(data46 && typeof data46 == "object" && !Array.isArray(data46)){
if(data46.also === undefined){
const err106 = {instancePath:instancePath+"/engines/buildah/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
for(const key12 in data46){
if(!((key12 === "tighten") || (key12 === "also"))){
const err107 = {instancePath:instancePath+"/engines/buildah/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
if(data46.tighten !== undefined){
if(typeof data46.tighten !== "boolean"){
const err108 = {instancePath:instancePath+"/engines/buildah/requests/tighten",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data46.also !== undefined){
let data48 = data46.also;
if(Array.isArray(data48)){
if(data48.length > 64){
const err109 = {instancePath:instancePath+"/engines/buildah/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
if(data48.length < 1){
const err110 = {instancePath:instancePath+"/engines/buildah/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
const len5 = data48.length;
for(let i5=0; i5<len5; i5++){
let data49 = data48[i5];
if(typeof data49 === "string"){
if(!pattern4.test(data49)){
const err111 = {instancePath:instancePath+"/engines/buildah/requests/also/" + i5,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
else {
const err112 = {instancePath:instancePath+"/engines/buildah/requests/also/" + i5,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
}
else {
const err113 = {instancePath:instancePath+"/engines/buildah/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
}
else {
const err114 = {instancePath:instancePath+"/engines/buildah/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
var _valid5 = _errs127 === errors;
if(_valid5 && valid32){
valid32 = false;
passing5 = [passing5, 1];
}
else {
if(_valid5){
valid32 = true;
passing5 = 1;
}
}
if(!valid32){
const err115 = {instancePath:instancePath+"/engines/buildah/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing5},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
else {
errors = _errs125;
if(vErrors !== null){
if(_errs125){
vErrors.length = _errs125;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err116 = {instancePath:instancePath+"/engines/buildah",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data9.containerd !== undefined){
let data50 = data9.containerd;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
for(const key13 in data50){
if(!((((key13 === "defaultPolicy") || (key13 === "floor")) || (key13 === "ceiling")) || (key13 === "requests"))){
const err117 = {instancePath:instancePath+"/engines/containerd",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
if(data50.defaultPolicy !== undefined){
let data51 = data50.defaultPolicy;
if(typeof data51 === "string"){
if(!pattern1.test(data51)){
const err118 = {instancePath:instancePath+"/engines/containerd/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
else {
const err119 = {instancePath:instancePath+"/engines/containerd/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data50.floor !== undefined){
let data52 = data50.floor;
if(typeof data52 === "string"){
if(!pattern1.test(data52)){
const err120 = {instancePath:instancePath+"/engines/containerd/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
else {
const err121 = {instancePath:instancePath+"/engines/containerd/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data50.ceiling !== undefined){
let data53 = data50.ceiling;
if(typeof data53 === "string"){
if(!pattern1.test(data53)){
const err122 = {instancePath:instancePath+"/engines/containerd/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
else {
const err123 = {instancePath:instancePath+"/engines/containerd/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data50.requests !== undefined){
let data54 = data50.requests;
const _errs147 = errors;
let valid38 = false;
let passing6 = null;
const _errs148 = errors;
if(!(((data54 === "tighten") || (data54 === "any")) || (data54 === "ignore"))){
const err124 = {instancePath:instancePath+"/engines/containerd/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
var _valid6 = _errs148 === errors;
if(_valid6){
valid38 = true;
passing6 = 0;
}
const _errs149 = errors;
if(data54 && typeof data54 == "object" && !Array.isArray(data54)){
if(data54.also === undefined){
const err125 = {instancePath:instancePath+"/engines/containerd/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
for(const key14 in data54){
if(!((key14 === "tighten") || (key14 === "also"))){
const err126 = {instancePath:instancePath+"/engines/containerd/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data54.tighten !== undefined){
if(typeof data54.tighten !== "boolean"){
const err127 = {instancePath:instancePath+"/engines/containerd/requests/tighten",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
if(data54.also !== undefined){
let data56 = data54.also;
if(Array.isArray(data56)){
if(data56.length > 64){
const err128 = {instancePath:instancePath+"/engines/containerd/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
if(data56.length < 1){
const err129 = {instancePath:instancePath+"/engines/containerd/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
const len6 = data56.length;
for(let i6=0; i6<len6; i6++){
let data57 = data56[i6];
if(typeof data57 === "string"){
if(!pattern4.test(data57)){
const err130 = {instancePath:instancePath+"/engines/containerd/requests/also/" + i6,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
else {
const err131 = {instancePath:instancePath+"/engines/containerd/requests/also/" + i6,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
}
else {
const err132 = {instancePath:instancePath+"/engines/containerd/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
}
else {
const err133 = {instancePath:instancePath+"/engines/containerd/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
var _valid6 = _errs149 === errors;
if(_valid6 && valid38){
valid38 = false;
passing6 = [passing6, 1];
}
else {
if(_valid6){
valid38 = true;
passing6 = 1;
}
}
if(!valid38){
const err134 = {instancePath:instancePath+"/engines/containerd/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing6},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
else {
errors = _errs147;
if(vErrors !== null){
if(_errs147){
vErrors.length = _errs147;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err135 = {instancePath:instancePath+"/engines/containerd",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
if(data9.kubernetes !== undefined){
let data58 = data9.kubernetes;
if(data58 && typeof data58 == "object" && !Array.isArray(data58)){
for(const key15 in data58){
if(!((((key15 === "defaultPolicy") || (key15 === "floor")) || (key15 === "ceiling")) || (key15 === "requests"))){
const err136 = {instancePath:instancePath+"/engines/kubernetes",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data58.defaultPolicy !== undefined){
let data59 = data58.defaultPolicy;
if(typeof data59 === "string"){
if(!pattern1.test(data59)){
const err137 = {instancePath:instancePath+"/engines/kubernetes/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
else {
const err138 = {instancePath:instancePath+"/engines/kubernetes/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
if(data58.floor !== undefined){
let data60 = data58.floor;
if(typeof data60 === "string"){
if(!pattern1.test(data60)){
const err139 = {instancePath:instancePath+"/engines/kubernetes/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
else {
const err140 = {instancePath:instancePath+"/engines/kubernetes/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
if(data58.ceiling !== undefined){
let data61 = data58.ceiling;
if(typeof data61 === "string"){
if(!pattern1.test(data61)){
const err141 = {instancePath:instancePath+"/engines/kubernetes/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
else {
const err142 = {instancePath:instancePath+"/engines/kubernetes/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
if(data58.requests !== undefined){
let data62 = data58.requests;
const _errs169 = errors;
let valid44 = false;
let passing7 = null;
const _errs170 = errors;
if(!(((data62 === "tighten") || (data62 === "any")) || (data62 === "ignore"))){
const err143 = {instancePath:instancePath+"/engines/kubernetes/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
var _valid7 = _errs170 === errors;
if(_valid7){
valid44 = true;
passing7 = 0;
}
const _errs171 = errors;
if(data62 && typeof data62 == "object" && !Array.isArray(data62)){
if(data62.also === undefined){
const err144 = {instancePath:instancePath+"/engines/kubernetes/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
for(const key16 in data62){
if(!((key16 === "tighten") || (key16 === "also"))){
const err145 = {instancePath:instancePath+"/engines/kubernetes/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
if(data62.tighten !== undefined){
if(typeof data62.tighten !== "boolean"){
const err146 = {instancePath:instancePath+"/engines/kubernetes/requests/tighten",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
if(data62.also !== undefined){
let data64 = data62.also;
if(Array.isArray(data64)){
if(data64.length > 64){
const err147 = {instancePath:instancePath+"/engines/kubernetes/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
if(data64.length < 1){
const err148 = {instancePath:instancePath+"/engines/kubernetes/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
const len7 = data64.length;
for(let i7=0; i7<len7; i7++){
let data65 = data64[i7];
if(typeof data65 === "string"){
if(!pattern4.test(data65)){
const err149 = {instancePath:instancePath+"/engines/kubernetes/requests/also/" + i7,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
else {
const err150 = {instancePath:instancePath+"/engines/kubernetes/requests/also/" + i7,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
}
else {
const err151 = {instancePath:instancePath+"/engines/kubernetes/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
}
else {
const err152 = {instancePath:instancePath+"/engines/kubernetes/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
var _valid7 = _errs171 === errors;
if(_valid7 && valid44){
valid44 = false;
passing7 = [passing7, 1];
}
else {
if(_valid7){
valid44 = true;
passing7 = 1;
}
}
if(!valid44){
const err153 = {instancePath:instancePath+"/engines/kubernetes/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing7},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
else {
errors = _errs169;
if(vErrors !== null){
if(_errs169){
vErrors.length = _errs169;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err154 = {instancePath:instancePath+"/engines/kubernetes",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
if(data9.other !== undefined){
let data66 = data9.other;
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
for(const key17 in data66){
if(!((((key17 === "defaultPolicy") || (key17 === "floor")) || (key17 === "ceiling")) || (key17 === "requests"))){
const err155 = {instancePath:instancePath+"/engines/other",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data66.defaultPolicy !== undefined){
let data67 = data66.defaultPolicy;
if(typeof data67 === "string"){
if(!pattern1.test(data67)){
const err156 = {instancePath:instancePath+"/engines/other/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
else {
const err157 = {instancePath:instancePath+"/engines/other/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
if(data66.floor !== undefined){
let data68 = data66.floor;
if(typeof data68 === "string"){
if(!pattern1.test(data68)){
const err158 = {instancePath:instancePath+"/engines/other/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
else {
const err159 = {instancePath:instancePath+"/engines/other/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
if(data66.ceiling !== undefined){
let data69 = data66.ceiling;
if(typeof data69 === "string"){
if(!pattern1.test(data69)){
const err160 = {instancePath:instancePath+"/engines/other/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
else {
const err161 = {instancePath:instancePath+"/engines/other/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
if(data66.requests !== undefined){
let data70 = data66.requests;
const _errs191 = errors;
let valid50 = false;
let passing8 = null;
const _errs192 = errors;
if(!(((data70 === "tighten") || (data70 === "any")) || (data70 === "ignore"))){
const err162 = {instancePath:instancePath+"/engines/other/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
var _valid8 = _errs192 === errors;
if(_valid8){
valid50 = true;
passing8 = 0;
}
const _errs193 = errors;
if(data70 && typeof data70 == "object" && !Array.isArray(data70)){
if(data70.also === undefined){
const err163 = {instancePath:instancePath+"/engines/other/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
for(const key18 in data70){
if(!((key18 === "tighten") || (key18 === "also"))){
const err164 = {instancePath:instancePath+"/engines/other/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key18},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
if(data70.tighten !== undefined){
if(typeof data70.tighten !== "boolean"){
const err165 = {instancePath:instancePath+"/engines/other/requests/tighten",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
if(data70.also !== undefined){
let data72 = data70.also;
if(Array.isArray(data72)){
if(data72.length > 64){
const err166 = {instancePath:instancePath+"/engines/other/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
if(data72.length < 1){
const err167 = {instancePath:instancePath+"/engines/other/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
const len8 = data72.length;
for(let i8=0; i8<len8; i8++){
let data73 = data72[i8];
if(typeof data73 === "string"){
if(!pattern4.test(data73)){
const err168 = {instancePath:instancePath+"/engines/other/requests/also/" + i8,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
}
else {
const err169 = {instancePath:instancePath+"/engines/other/requests/also/" + i8,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
}
else {
const err170 = {instancePath:instancePath+"/engines/other/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
}
}
else {
const err171 = {instancePath:instancePath+"/engines/other/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
var _valid8 = _errs193 === errors;
if(_valid8 && valid50){
valid50 = false;
passing8 = [passing8, 1];
}
else {
if(_valid8){
valid50 = true;
passing8 = 1;
}
}
if(!valid50){
const err172 = {instancePath:instancePath+"/engines/other/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing8},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
else {
errors = _errs191;
if(vErrors !== null){
if(_errs191){
vErrors.length = _errs191;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err173 = {instancePath:instancePath+"/engines/other",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
}
else {
const err174 = {instancePath:instancePath+"/engines",schemaPath:"#/properties/engines/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
}
if(data.namespaces !== undefined){
let data74 = data.namespaces;
if(data74 && typeof data74 == "object" && !Array.isArray(data74)){
for(const key19 in data74){
const _errs204 = errors;
if(typeof key19 === "string"){
if(!pattern37.test(key19)){
const err175 = {instancePath:instancePath+"/namespaces",schemaPath:"#/properties/namespaces/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$|^[a-z0-9-]*\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$|^[a-z0-9-]*\\*$"+"\"",propertyName:key19};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
}
var valid54 = _errs204 === errors;
if(!valid54){
const err176 = {instancePath:instancePath+"/namespaces",schemaPath:"#/properties/namespaces/propertyNames",keyword:"propertyNames",params:{propertyName: key19},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
for(const key20 in data74){
let data75 = data74[key20];
if(data75 && typeof data75 == "object" && !Array.isArray(data75)){
for(const key21 in data75){
if(!((((key21 === "defaultPolicy") || (key21 === "floor")) || (key21 === "ceiling")) || (key21 === "requests"))){
const err177 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key21},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
}
if(data75.defaultPolicy !== undefined){
let data76 = data75.defaultPolicy;
if(typeof data76 === "string"){
if(!pattern1.test(data76)){
const err178 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
}
else {
const err179 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
}
if(data75.floor !== undefined){
let data77 = data75.floor;
if(typeof data77 === "string"){
if(!pattern1.test(data77)){
const err180 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
}
else {
const err181 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
}
if(data75.ceiling !== undefined){
let data78 = data75.ceiling;
if(typeof data78 === "string"){
if(!pattern1.test(data78)){
const err182 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
}
else {
const err183 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
}
if(data75.requests !== undefined){
let data79 = data75.requests;
const _errs217 = errors;
let valid58 = false;
let passing9 = null;
const _errs218 = errors;
if(!(((data79 === "tighten") || (data79 === "any")) || (data79 === "ignore"))){
const err184 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
var _valid9 = _errs218 === errors;
if(_valid9){
valid58 = true;
passing9 = 0;
}
const _errs219 = errors;
if(data79 && typeof data79 == "object" && !Array.isArray(data79)){
if(data79.also === undefined){
const err185 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/required",keyword:"required",params:{missingProperty: "also"},message:"must have required property '"+"also"+"'"};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
for(const key22 in data79){
if(!((key22 === "tighten") || (key22 === "also"))){
const err186 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key22},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
}
if(data79.tighten !== undefined){
if(typeof data79.tighten !== "boolean"){
const err187 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests/tighten",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/tighten/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
}
if(data79.also !== undefined){
let data81 = data79.also;
if(Array.isArray(data81)){
if(data81.length > 64){
const err188 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
if(data81.length < 1){
const err189 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
const len9 = data81.length;
for(let i9=0; i9<len9; i9++){
let data82 = data81[i9];
if(typeof data82 === "string"){
if(!pattern4.test(data82)){
const err190 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests/also/" + i9,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^[a-z0-9][a-z0-9-]{0,61}\\*$"+"\""};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
}
else {
const err191 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests/also/" + i9,schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
}
}
else {
const err192 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests/also",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/properties/also/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
}
}
else {
const err193 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err193];
}
else {
vErrors.push(err193);
}
errors++;
}
var _valid9 = _errs219 === errors;
if(_valid9 && valid58){
valid58 = false;
passing9 = [passing9, 1];
}
else {
if(_valid9){
valid58 = true;
passing9 = 1;
}
}
if(!valid58){
const err194 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests",schemaPath:"#/definitions/selection/properties/requests/oneOf",keyword:"oneOf",params:{passingSchemas: passing9},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
else {
errors = _errs217;
if(vErrors !== null){
if(_errs217){
vErrors.length = _errs217;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err195 = {instancePath:instancePath+"/namespaces/" + key20.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
}
}
else {
const err196 = {instancePath:instancePath+"/namespaces",schemaPath:"#/properties/namespaces/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
}
if(data.guard !== undefined){
let data83 = data.guard;
if(!(((data83 === "off") || (data83 === "audit")) || (data83 === "enforce"))){
const err197 = {instancePath:instancePath+"/guard",schemaPath:"#/properties/guard/enum",keyword:"enum",params:{allowedValues: schema11.properties.guard.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
}
if(data.guardedRuntimes !== undefined){
let data84 = data.guardedRuntimes;
if(Array.isArray(data84)){
if(data84.length > 32){
const err198 = {instancePath:instancePath+"/guardedRuntimes",schemaPath:"#/properties/guardedRuntimes/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"};
if(vErrors === null){
vErrors = [err198];
}
else {
vErrors.push(err198);
}
errors++;
}
const len10 = data84.length;
for(let i10=0; i10<len10; i10++){
let data85 = data84[i10];
if(typeof data85 === "string"){
if(!pattern42.test(data85)){
const err199 = {instancePath:instancePath+"/guardedRuntimes/" + i10,schemaPath:"#/properties/guardedRuntimes/items/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err199];
}
else {
vErrors.push(err199);
}
errors++;
}
}
else {
const err200 = {instancePath:instancePath+"/guardedRuntimes/" + i10,schemaPath:"#/properties/guardedRuntimes/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err200];
}
else {
vErrors.push(err200);
}
errors++;
}
}
}
else {
const err201 = {instancePath:instancePath+"/guardedRuntimes",schemaPath:"#/properties/guardedRuntimes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err201];
}
else {
vErrors.push(err201);
}
errors++;
}
}
if(data.events !== undefined){
let data86 = data.events;
if(data86 && typeof data86 == "object" && !Array.isArray(data86)){
for(const key23 in data86){
if(!(key23 === "debug")){
const err202 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key23},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err202];
}
else {
vErrors.push(err202);
}
errors++;
}
}
if(data86.debug !== undefined){
if(typeof data86.debug !== "boolean"){
const err203 = {instancePath:instancePath+"/events/debug",schemaPath:"#/properties/events/properties/debug/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err203];
}
else {
vErrors.push(err203);
}
errors++;
}
}
}
else {
const err204 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err204];
}
else {
vErrors.push(err204);
}
errors++;
}
}
if(data.engineRoots !== undefined){
let data88 = data.engineRoots;
if(Array.isArray(data88)){
const len11 = data88.length;
for(let i11=0; i11<len11; i11++){
let data89 = data88[i11];
if(typeof data89 === "string"){
if(!pattern42.test(data89)){
const err205 = {instancePath:instancePath+"/engineRoots/" + i11,schemaPath:"#/properties/engineRoots/items/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err205];
}
else {
vErrors.push(err205);
}
errors++;
}
}
else {
const err206 = {instancePath:instancePath+"/engineRoots/" + i11,schemaPath:"#/properties/engineRoots/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err206];
}
else {
vErrors.push(err206);
}
errors++;
}
}
}
else {
const err207 = {instancePath:instancePath+"/engineRoots",schemaPath:"#/properties/engineRoots/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err207];
}
else {
vErrors.push(err207);
}
errors++;
}
}
if(data.engineSockets !== undefined){
let data90 = data.engineSockets;
if(Array.isArray(data90)){
const len12 = data90.length;
for(let i12=0; i12<len12; i12++){
let data91 = data90[i12];
if(typeof data91 === "string"){
if(!pattern42.test(data91)){
const err208 = {instancePath:instancePath+"/engineSockets/" + i12,schemaPath:"#/properties/engineSockets/items/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err208];
}
else {
vErrors.push(err208);
}
errors++;
}
}
else {
const err209 = {instancePath:instancePath+"/engineSockets/" + i12,schemaPath:"#/properties/engineSockets/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err209];
}
else {
vErrors.push(err209);
}
errors++;
}
}
}
else {
const err210 = {instancePath:instancePath+"/engineSockets",schemaPath:"#/properties/engineSockets/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err210];
}
else {
vErrors.push(err210);
}
errors++;
}
}
}
else {
const err211 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err211];
}
else {
vErrors.push(err211);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

