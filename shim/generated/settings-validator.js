// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/settings.schema.json by `npm run generate`. Do not edit.
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"settings.schema.json","title":"Settings","description":"/etc/lockc/lockc.yaml: what the host's admin decides for every container. Every property has a default, and so has a missing file. Takes effect with `lockctl load` or `lockctl policy reload`.","type":"object","additionalProperties":false,"properties":{"runtime":{"description":"Absolute path of the low-level runtime (runc or crun) that lockc-runc becomes. Without it, the first that is found in the usual places.","type":"string","pattern":"^/[^\\u0000\\n]*[^/\\u0000\\n]$"},"attach":{"description":"How the kernel half gets to the kernel's decisions. lsm: through the security module bpf, which the kernel must have started. fmod_ret: before the kernel's functions that ask its security modules, where that is sound: only in a kernel whose tasks are not preempted (preempt=none or voluntary, up to 6.x). auto: lsm if the module runs, else fmod_ret if that is sound. What is not sound is refused. Takes effect with `lockctl load`.","enum":["auto","lsm","fmod_ret"],"default":"auto"},"defaultPolicy":{"description":"The policy of containers for which nothing else selects one, by its name: lower-case letters, digits and dashes.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$","default":"baseline"},"floor":{"description":"Every container is held at least as strictly as this policy says, whoever asks for less.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"ceiling":{"description":"No container is held more strictly than this policy says, whoever asks for more.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"requests":{"description":"What whoever starts a container may do with the annotation or the label org.lockc.policy (Docker, Podman). tighten: select a policy at least as strict as the one selected without it. any: select any policy; labels come from images too, so an image could then choose its own. ignore: nothing.","enum":["tighten","any","ignore"],"default":"tighten"},"engines":{"title":"Engines","description":"Other values for the containers of one engine, which is told by where it keeps the bundle.","type":"object","additionalProperties":false,"properties":{"docker":{"$ref":"#/definitions/selection"},"buildkit":{"$ref":"#/definitions/selection"},"podman":{"$ref":"#/definitions/selection"},"containerd":{"$ref":"#/definitions/selection"},"kubernetes":{"$ref":"#/definitions/selection"},"other":{"$ref":"#/definitions/selection"}}},"namespaces":{"description":"Other values for the pods of a Kubernetes namespace, by its name; team-* means all that begin so, of several the longest decides. They go before those of engines.","type":"object","propertyNames":{"pattern":"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$|^[a-z0-9-]*\\*$"},"additionalProperties":{"$ref":"#/definitions/selection"}},"guard":{"description":"What becomes of a low-level runtime that is executed past lockc-runc, by an engine that nobody told or by a user. off: nothing. audit: it is counted (lockctl status). enforce: it is refused with EPERM. Guarded are `runtime`, runc and crun in the usual places, and guardedRuntimes.","enum":["off","audit","enforce"],"default":"off"},"guardedRuntimes":{"description":"Absolute paths of further low-level runtimes for `guard`, such as those that Kubernetes distributions bring along.","type":"array","maxItems":32,"items":{"type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},"default":[]},"events":{"title":"EventSettings","description":"What is told by `lockctl events` beside what was refused, audited or changed.","type":"object","additionalProperties":false,"properties":{"debug":{"description":"Whether also that a container was registered, started, entered or released; false without it.","type":"boolean"}},"default":{"debug":false}},"engineRoots":{"description":"Further absolute directories that engines keep for their containers: what an engine mounts from there (root file systems, volumes, resolv.conf) is its own, not the user's, and no directory of a policy's hostPaths brings it along. The usual ones are known, and `lockctl load` reads others from the engines' own files, units and command lines; `lockctl status` shows all.","type":"array","items":{"type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},"default":[]},"engineSockets":{"description":"Absolute paths of the engines' sockets, for the rules engineSockets and groups of policies.","type":"array","items":{"type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},"default":["/run/docker.sock","/run/containerd/containerd.sock","/run/docker/containerd/containerd.sock","/run/crio/crio.sock","/run/podman/podman.sock","/run/buildkit/buildkitd.sock","/run/cri-dockerd.sock"]}},"definitions":{"selection":{"title":"Selection","description":"How the policy is chosen; what is left out is as outside.","type":"object","additionalProperties":false,"properties":{"defaultPolicy":{"description":"The policy of containers for which nothing else selects one, by its name: lower-case letters, digits and dashes.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"floor":{"description":"Every container is held at least as strictly as this policy says, whoever asks for less.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"ceiling":{"description":"No container is held more strictly than this policy says, whoever asks for more.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"requests":{"description":"What whoever starts a container may do with the annotation or the label org.lockc.policy (Docker, Podman). tighten: select a policy at least as strict as the one selected without it. any: select any policy; labels come from images too, so an image could then choose its own. ignore: nothing.","enum":["tighten","any","ignore"]}}}}};
const schema12 = {"title":"Selection","description":"How the policy is chosen; what is left out is as outside.","type":"object","additionalProperties":false,"properties":{"defaultPolicy":{"description":"The policy of containers for which nothing else selects one, by its name: lower-case letters, digits and dashes.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"floor":{"description":"Every container is held at least as strictly as this policy says, whoever asks for less.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"ceiling":{"description":"No container is held more strictly than this policy says, whoever asks for more.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"requests":{"description":"What whoever starts a container may do with the annotation or the label org.lockc.policy (Docker, Podman). tighten: select a policy at least as strict as the one selected without it. any: select any policy; labels come from images too, so an image could then choose its own. ignore: nothing.","enum":["tighten","any","ignore"]}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^/[^\\u0000\\n]*[^/\\u0000\\n]$", "u");
const pattern1 = new RegExp("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "u");
const pattern22 = new RegExp("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$|^[a-z0-9-]*\\*$", "u");
const pattern26 = new RegExp("^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$", "u");

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
if(!(((data5 === "tighten") || (data5 === "any")) || (data5 === "ignore"))){
const err10 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/enum",keyword:"enum",params:{allowedValues: schema11.properties.requests.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.engines !== undefined){
let data6 = data.engines;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
if(!((((((key1 === "docker") || (key1 === "buildkit")) || (key1 === "podman")) || (key1 === "containerd")) || (key1 === "kubernetes")) || (key1 === "other"))){
const err11 = {instancePath:instancePath+"/engines",schemaPath:"#/properties/engines/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data6.docker !== undefined){
let data7 = data6.docker;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key2 in data7){
if(!((((key2 === "defaultPolicy") || (key2 === "floor")) || (key2 === "ceiling")) || (key2 === "requests"))){
const err12 = {instancePath:instancePath+"/engines/docker",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data7.defaultPolicy !== undefined){
let data8 = data7.defaultPolicy;
if(typeof data8 === "string"){
if(!pattern1.test(data8)){
const err13 = {instancePath:instancePath+"/engines/docker/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/engines/docker/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data7.floor !== undefined){
let data9 = data7.floor;
if(typeof data9 === "string"){
if(!pattern1.test(data9)){
const err15 = {instancePath:instancePath+"/engines/docker/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/engines/docker/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data7.ceiling !== undefined){
let data10 = data7.ceiling;
if(typeof data10 === "string"){
if(!pattern1.test(data10)){
const err17 = {instancePath:instancePath+"/engines/docker/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/engines/docker/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data7.requests !== undefined){
let data11 = data7.requests;
if(!(((data11 === "tighten") || (data11 === "any")) || (data11 === "ignore"))){
const err19 = {instancePath:instancePath+"/engines/docker/requests",schemaPath:"#/definitions/selection/properties/requests/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/engines/docker",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data6.buildkit !== undefined){
let data12 = data6.buildkit;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key3 in data12){
if(!((((key3 === "defaultPolicy") || (key3 === "floor")) || (key3 === "ceiling")) || (key3 === "requests"))){
const err21 = {instancePath:instancePath+"/engines/buildkit",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data12.defaultPolicy !== undefined){
let data13 = data12.defaultPolicy;
if(typeof data13 === "string"){
if(!pattern1.test(data13)){
const err22 = {instancePath:instancePath+"/engines/buildkit/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/engines/buildkit/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data12.floor !== undefined){
let data14 = data12.floor;
if(typeof data14 === "string"){
if(!pattern1.test(data14)){
const err24 = {instancePath:instancePath+"/engines/buildkit/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/engines/buildkit/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data12.ceiling !== undefined){
let data15 = data12.ceiling;
if(typeof data15 === "string"){
if(!pattern1.test(data15)){
const err26 = {instancePath:instancePath+"/engines/buildkit/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/engines/buildkit/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data12.requests !== undefined){
let data16 = data12.requests;
if(!(((data16 === "tighten") || (data16 === "any")) || (data16 === "ignore"))){
const err28 = {instancePath:instancePath+"/engines/buildkit/requests",schemaPath:"#/definitions/selection/properties/requests/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/engines/buildkit",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data6.podman !== undefined){
let data17 = data6.podman;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key4 in data17){
if(!((((key4 === "defaultPolicy") || (key4 === "floor")) || (key4 === "ceiling")) || (key4 === "requests"))){
const err30 = {instancePath:instancePath+"/engines/podman",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data17.defaultPolicy !== undefined){
let data18 = data17.defaultPolicy;
if(typeof data18 === "string"){
if(!pattern1.test(data18)){
const err31 = {instancePath:instancePath+"/engines/podman/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/engines/podman/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data17.floor !== undefined){
let data19 = data17.floor;
if(typeof data19 === "string"){
if(!pattern1.test(data19)){
const err33 = {instancePath:instancePath+"/engines/podman/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/engines/podman/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data17.ceiling !== undefined){
let data20 = data17.ceiling;
if(typeof data20 === "string"){
if(!pattern1.test(data20)){
const err35 = {instancePath:instancePath+"/engines/podman/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
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
const err36 = {instancePath:instancePath+"/engines/podman/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data17.requests !== undefined){
let data21 = data17.requests;
if(!(((data21 === "tighten") || (data21 === "any")) || (data21 === "ignore"))){
const err37 = {instancePath:instancePath+"/engines/podman/requests",schemaPath:"#/definitions/selection/properties/requests/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.enum},message:"must be equal to one of the allowed values"};
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
const err38 = {instancePath:instancePath+"/engines/podman",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data6.containerd !== undefined){
let data22 = data6.containerd;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
for(const key5 in data22){
if(!((((key5 === "defaultPolicy") || (key5 === "floor")) || (key5 === "ceiling")) || (key5 === "requests"))){
const err39 = {instancePath:instancePath+"/engines/containerd",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data22.defaultPolicy !== undefined){
let data23 = data22.defaultPolicy;
if(typeof data23 === "string"){
if(!pattern1.test(data23)){
const err40 = {instancePath:instancePath+"/engines/containerd/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/engines/containerd/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data22.floor !== undefined){
let data24 = data22.floor;
if(typeof data24 === "string"){
if(!pattern1.test(data24)){
const err42 = {instancePath:instancePath+"/engines/containerd/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
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
const err43 = {instancePath:instancePath+"/engines/containerd/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data22.ceiling !== undefined){
let data25 = data22.ceiling;
if(typeof data25 === "string"){
if(!pattern1.test(data25)){
const err44 = {instancePath:instancePath+"/engines/containerd/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
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
const err45 = {instancePath:instancePath+"/engines/containerd/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data22.requests !== undefined){
let data26 = data22.requests;
if(!(((data26 === "tighten") || (data26 === "any")) || (data26 === "ignore"))){
const err46 = {instancePath:instancePath+"/engines/containerd/requests",schemaPath:"#/definitions/selection/properties/requests/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/engines/containerd",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data6.kubernetes !== undefined){
let data27 = data6.kubernetes;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
for(const key6 in data27){
if(!((((key6 === "defaultPolicy") || (key6 === "floor")) || (key6 === "ceiling")) || (key6 === "requests"))){
const err48 = {instancePath:instancePath+"/engines/kubernetes",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data27.defaultPolicy !== undefined){
let data28 = data27.defaultPolicy;
if(typeof data28 === "string"){
if(!pattern1.test(data28)){
const err49 = {instancePath:instancePath+"/engines/kubernetes/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
else {
const err50 = {instancePath:instancePath+"/engines/kubernetes/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data27.floor !== undefined){
let data29 = data27.floor;
if(typeof data29 === "string"){
if(!pattern1.test(data29)){
const err51 = {instancePath:instancePath+"/engines/kubernetes/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/engines/kubernetes/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data27.ceiling !== undefined){
let data30 = data27.ceiling;
if(typeof data30 === "string"){
if(!pattern1.test(data30)){
const err53 = {instancePath:instancePath+"/engines/kubernetes/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/engines/kubernetes/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data27.requests !== undefined){
let data31 = data27.requests;
if(!(((data31 === "tighten") || (data31 === "any")) || (data31 === "ignore"))){
const err55 = {instancePath:instancePath+"/engines/kubernetes/requests",schemaPath:"#/definitions/selection/properties/requests/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.enum},message:"must be equal to one of the allowed values"};
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
const err56 = {instancePath:instancePath+"/engines/kubernetes",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data6.other !== undefined){
let data32 = data6.other;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key7 in data32){
if(!((((key7 === "defaultPolicy") || (key7 === "floor")) || (key7 === "ceiling")) || (key7 === "requests"))){
const err57 = {instancePath:instancePath+"/engines/other",schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data32.defaultPolicy !== undefined){
let data33 = data32.defaultPolicy;
if(typeof data33 === "string"){
if(!pattern1.test(data33)){
const err58 = {instancePath:instancePath+"/engines/other/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/engines/other/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data32.floor !== undefined){
let data34 = data32.floor;
if(typeof data34 === "string"){
if(!pattern1.test(data34)){
const err60 = {instancePath:instancePath+"/engines/other/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
else {
const err61 = {instancePath:instancePath+"/engines/other/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data32.ceiling !== undefined){
let data35 = data32.ceiling;
if(typeof data35 === "string"){
if(!pattern1.test(data35)){
const err62 = {instancePath:instancePath+"/engines/other/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/engines/other/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data32.requests !== undefined){
let data36 = data32.requests;
if(!(((data36 === "tighten") || (data36 === "any")) || (data36 === "ignore"))){
const err64 = {instancePath:instancePath+"/engines/other/requests",schemaPath:"#/definitions/selection/properties/requests/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
else {
const err65 = {instancePath:instancePath+"/engines/other",schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
else {
const err66 = {instancePath:instancePath+"/engines",schemaPath:"#/properties/engines/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data.namespaces !== undefined){
let data37 = data.namespaces;
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
for(const key8 in data37){
const _errs83 = errors;
if(typeof key8 === "string"){
if(!pattern22.test(key8)){
const err67 = {instancePath:instancePath+"/namespaces",schemaPath:"#/properties/namespaces/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$|^[a-z0-9-]*\\*$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$|^[a-z0-9-]*\\*$"+"\"",propertyName:key8};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
var valid14 = _errs83 === errors;
if(!valid14){
const err68 = {instancePath:instancePath+"/namespaces",schemaPath:"#/properties/namespaces/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
for(const key9 in data37){
let data38 = data37[key9];
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
for(const key10 in data38){
if(!((((key10 === "defaultPolicy") || (key10 === "floor")) || (key10 === "ceiling")) || (key10 === "requests"))){
const err69 = {instancePath:instancePath+"/namespaces/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/selection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data38.defaultPolicy !== undefined){
let data39 = data38.defaultPolicy;
if(typeof data39 === "string"){
if(!pattern1.test(data39)){
const err70 = {instancePath:instancePath+"/namespaces/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/namespaces/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/defaultPolicy",schemaPath:"#/definitions/selection/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data38.floor !== undefined){
let data40 = data38.floor;
if(typeof data40 === "string"){
if(!pattern1.test(data40)){
const err72 = {instancePath:instancePath+"/namespaces/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/floor",schemaPath:"#/definitions/selection/properties/floor/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
else {
const err73 = {instancePath:instancePath+"/namespaces/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/floor",schemaPath:"#/definitions/selection/properties/floor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data38.ceiling !== undefined){
let data41 = data38.ceiling;
if(typeof data41 === "string"){
if(!pattern1.test(data41)){
const err74 = {instancePath:instancePath+"/namespaces/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else {
const err75 = {instancePath:instancePath+"/namespaces/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/ceiling",schemaPath:"#/definitions/selection/properties/ceiling/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data38.requests !== undefined){
let data42 = data38.requests;
if(!(((data42 === "tighten") || (data42 === "any")) || (data42 === "ignore"))){
const err76 = {instancePath:instancePath+"/namespaces/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/requests",schemaPath:"#/definitions/selection/properties/requests/enum",keyword:"enum",params:{allowedValues: schema12.properties.requests.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
else {
const err77 = {instancePath:instancePath+"/namespaces/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/selection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
else {
const err78 = {instancePath:instancePath+"/namespaces",schemaPath:"#/properties/namespaces/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data.guard !== undefined){
let data43 = data.guard;
if(!(((data43 === "off") || (data43 === "audit")) || (data43 === "enforce"))){
const err79 = {instancePath:instancePath+"/guard",schemaPath:"#/properties/guard/enum",keyword:"enum",params:{allowedValues: schema11.properties.guard.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data.guardedRuntimes !== undefined){
let data44 = data.guardedRuntimes;
if(Array.isArray(data44)){
if(data44.length > 32){
const err80 = {instancePath:instancePath+"/guardedRuntimes",schemaPath:"#/properties/guardedRuntimes/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
const len0 = data44.length;
for(let i0=0; i0<len0; i0++){
let data45 = data44[i0];
if(typeof data45 === "string"){
if(!pattern26.test(data45)){
const err81 = {instancePath:instancePath+"/guardedRuntimes/" + i0,schemaPath:"#/properties/guardedRuntimes/items/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
else {
const err82 = {instancePath:instancePath+"/guardedRuntimes/" + i0,schemaPath:"#/properties/guardedRuntimes/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
else {
const err83 = {instancePath:instancePath+"/guardedRuntimes",schemaPath:"#/properties/guardedRuntimes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.events !== undefined){
let data46 = data.events;
if(data46 && typeof data46 == "object" && !Array.isArray(data46)){
for(const key11 in data46){
if(!(key11 === "debug")){
const err84 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data46.debug !== undefined){
if(typeof data46.debug !== "boolean"){
const err85 = {instancePath:instancePath+"/events/debug",schemaPath:"#/properties/events/properties/debug/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
else {
const err86 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data.engineRoots !== undefined){
let data48 = data.engineRoots;
if(Array.isArray(data48)){
const len1 = data48.length;
for(let i1=0; i1<len1; i1++){
let data49 = data48[i1];
if(typeof data49 === "string"){
if(!pattern26.test(data49)){
const err87 = {instancePath:instancePath+"/engineRoots/" + i1,schemaPath:"#/properties/engineRoots/items/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/engineRoots/" + i1,schemaPath:"#/properties/engineRoots/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
}
else {
const err89 = {instancePath:instancePath+"/engineRoots",schemaPath:"#/properties/engineRoots/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data.engineSockets !== undefined){
let data50 = data.engineSockets;
if(Array.isArray(data50)){
const len2 = data50.length;
for(let i2=0; i2<len2; i2++){
let data51 = data50[i2];
if(typeof data51 === "string"){
if(!pattern26.test(data51)){
const err90 = {instancePath:instancePath+"/engineSockets/" + i2,schemaPath:"#/properties/engineSockets/items/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
else {
const err91 = {instancePath:instancePath+"/engineSockets/" + i2,schemaPath:"#/properties/engineSockets/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
}
else {
const err92 = {instancePath:instancePath+"/engineSockets",schemaPath:"#/properties/engineSockets/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
}
else {
const err93 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

