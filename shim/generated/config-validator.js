// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"config.schema.json","title":"Config","description":"The parts of a bundle's config.json (OCI runtime specification, config.md and config-linux.md) that lockc reads. Other properties are the runtime's affair and may be anything.","type":"object","required":["root"],"properties":{"ociVersion":{"description":"Version of the specification that the bundle follows (config.md, Specification version).","type":"string"},"root":{"title":"Root","description":"The container's root file system (config.md, Root).","type":"object","required":["path"],"properties":{"path":{"description":"Absolute, or relative to the bundle.","type":"string","pattern":"^[^\\u0000]+$"},"readonly":{"description":"Whether the root file system is read-only inside the container.","type":"boolean"}}},"process":{"title":"Process","description":"The container's first process (config.md, Process).","type":"object","properties":{"terminal":{"description":"Whether a terminal is attached to the process.","type":"boolean"},"user":{"title":"User","description":"Whom the process runs as, inside the container (config.md, User).","type":"object","properties":{"uid":{"$ref":"#/definitions/id"},"gid":{"$ref":"#/definitions/id"},"umask":{"$ref":"#/definitions/id"},"additionalGids":{"description":"Further groups of the process.","type":"array","items":{"$ref":"#/definitions/id"}}}},"args":{"description":"The program and its arguments.","type":"array","items":{"type":"string"}},"env":{"description":"The environment, NAME=VALUE each.","type":"array","items":{"type":"string"}},"cwd":{"description":"Working directory, absolute inside the container.","type":"string"},"capabilities":{"title":"Capabilities","description":"The five capability sets of the process, by names such as CAP_CHOWN (config.md, Linux Process).","type":"object","properties":{"bounding":{"$ref":"#/definitions/names"},"effective":{"$ref":"#/definitions/names"},"inheritable":{"$ref":"#/definitions/names"},"permitted":{"$ref":"#/definitions/names"},"ambient":{"$ref":"#/definitions/names"}}},"noNewPrivileges":{"description":"Whether the process can gain no privileges by exec (PR_SET_NO_NEW_PRIVS).","type":"boolean"},"apparmorProfile":{"description":"AppArmor profile of the process.","type":"string"},"selinuxLabel":{"description":"SELinux label of the process.","type":"string"},"oomScoreAdj":{"description":"The process's oom_score_adj.","type":"integer"}}},"hostname":{"description":"Host name inside the container (config.md, Hostname).","type":"string"},"mounts":{"description":"Mounts beyond the root file system, made in this order (config.md, Mounts).","type":"array","items":{"$ref":"#/definitions/mount"}},"hooks":{"title":"Hooks","description":"Programs of the host run at stages of the container's life (config.md, POSIX-platform Hooks).","type":"object","properties":{"prestart":{"$ref":"#/definitions/hooks"},"createRuntime":{"$ref":"#/definitions/hooks"},"createContainer":{"$ref":"#/definitions/hooks"},"startContainer":{"$ref":"#/definitions/hooks"},"poststart":{"$ref":"#/definitions/hooks"},"poststop":{"$ref":"#/definitions/hooks"}}},"annotations":{"description":"Metadata by name (config.md, Annotations).","type":"object","additionalProperties":{"type":"string"}},"linux":{"title":"Linux","description":"What only Linux has (config-linux.md).","type":"object","properties":{"namespaces":{"description":"The namespaces the container gets; a type that is not listed is shared with the runtime (config-linux.md, Namespaces).","type":"array","items":{"$ref":"#/definitions/namespace"}},"rootfsPropagation":{"description":"Mount propagation of the root file system.","type":"string"},"devices":{"description":"Device nodes the container gets (config-linux.md, Devices).","type":"array","items":{"$ref":"#/definitions/device"}}}}},"definitions":{"device":{"title":"Device","description":"One device node (config-linux.md, Devices).","type":"object","required":["path"],"properties":{"path":{"description":"Absolute path of the node inside the container.","type":"string","pattern":"^[^\\u0000]+$"},"type":{"description":"c and u: character device, b: block device, p: fifo.","type":"string"}}},"id":{"description":"A user or group ID, or a mask: an unsigned 32-bit integer.","type":"integer","minimum":0,"maximum":4294967295},"names":{"description":"A list of names.","type":"array","items":{"type":"string"}},"mount":{"title":"Mount","description":"One mount (config.md, Mounts).","type":"object","required":["destination"],"properties":{"destination":{"description":"Where it is mounted, a path inside the container.","type":"string","pattern":"^[^\\u0000]+$"},"type":{"description":"Type of the file system; with the option bind or rbind it says nothing.","type":"string","pattern":"^[^\\u0000]*$"},"source":{"description":"A device, a name for a file system without one, or for a bind mount a path, absolute or relative to the bundle.","type":"string","pattern":"^[^\\u0000]*$"},"options":{"description":"Mount options as in fstab(5), and bind, rbind, shared, rprivate, idmap, tmpcopyup and the like.","type":"array","items":{"type":"string"}}}},"namespace":{"title":"Namespace","description":"One namespace (config-linux.md, Namespaces).","type":"object","required":["type"],"properties":{"type":{"description":"Which kind of namespace.","enum":["pid","network","mount","ipc","uts","user","cgroup","time"]},"path":{"description":"A namespace to join; without it, or empty, a new one is made.","type":"string"}}},"hooks":{"description":"Hooks of one stage, run in this order.","type":"array","items":{"$ref":"#/definitions/hook"}},"hook":{"title":"Hook","description":"One hook (config.md, POSIX-platform Hooks).","type":"object","required":["path"],"properties":{"path":{"description":"Absolute path of the program, on the host.","type":"string"},"args":{"description":"Its arguments, the program's name first.","type":"array","items":{"type":"string"}},"env":{"description":"Its environment, NAME=VALUE each.","type":"array","items":{"type":"string"}},"timeout":{"description":"Seconds after which it is ended.","type":"integer"}}}}};
const schema12 = {"description":"A user or group ID, or a mask: an unsigned 32-bit integer.","type":"integer","minimum":0,"maximum":4294967295};
const schema16 = {"description":"A list of names.","type":"array","items":{"type":"string"}};
const schema21 = {"title":"Mount","description":"One mount (config.md, Mounts).","type":"object","required":["destination"],"properties":{"destination":{"description":"Where it is mounted, a path inside the container.","type":"string","pattern":"^[^\\u0000]+$"},"type":{"description":"Type of the file system; with the option bind or rbind it says nothing.","type":"string","pattern":"^[^\\u0000]*$"},"source":{"description":"A device, a name for a file system without one, or for a bind mount a path, absolute or relative to the bundle.","type":"string","pattern":"^[^\\u0000]*$"},"options":{"description":"Mount options as in fstab(5), and bind, rbind, shared, rprivate, idmap, tmpcopyup and the like.","type":"array","items":{"type":"string"}}}};
const schema24 = {"title":"Namespace","description":"One namespace (config-linux.md, Namespaces).","type":"object","required":["type"],"properties":{"type":{"description":"Which kind of namespace.","enum":["pid","network","mount","ipc","uts","user","cgroup","time"]},"path":{"description":"A namespace to join; without it, or empty, a new one is made.","type":"string"}}};
const schema25 = {"title":"Device","description":"One device node (config-linux.md, Devices).","type":"object","required":["path"],"properties":{"path":{"description":"Absolute path of the node inside the container.","type":"string","pattern":"^[^\\u0000]+$"},"type":{"description":"c and u: character device, b: block device, p: fifo.","type":"string"}}};
const pattern0 = new RegExp("^[^\\u0000]+$", "u");
const pattern2 = new RegExp("^[^\\u0000]*$", "u");
const schema22 = {"description":"Hooks of one stage, run in this order.","type":"array","items":{"$ref":"#/definitions/hook"}};
const schema23 = {"title":"Hook","description":"One hook (config.md, POSIX-platform Hooks).","type":"object","required":["path"],"properties":{"path":{"description":"Absolute path of the program, on the host.","type":"string"},"args":{"description":"Its arguments, the program's name first.","type":"array","items":{"type":"string"}},"env":{"description":"Its environment, NAME=VALUE each.","type":"array","items":{"type":"string"}},"timeout":{"description":"Seconds after which it is ended.","type":"integer"}}};

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
const _errs1 = errors;
const _errs2 = errors;
if(errors === _errs2){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing0;
if((data0.path === undefined) && (missing0 = "path")){
validate11.errors = [{instancePath:instancePath+"/" + i0,schemaPath:"#/definitions/hook/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data0.path !== undefined){
const _errs4 = errors;
if(typeof data0.path !== "string"){
validate11.errors = [{instancePath:instancePath+"/" + i0+"/path",schemaPath:"#/definitions/hook/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs4 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data0.args !== undefined){
let data2 = data0.args;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
var valid3 = true;
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
const _errs8 = errors;
if(typeof data2[i1] !== "string"){
validate11.errors = [{instancePath:instancePath+"/" + i0+"/args/" + i1,schemaPath:"#/definitions/hook/properties/args/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs8 === errors;
if(!valid3){
break;
}
}
}
else {
validate11.errors = [{instancePath:instancePath+"/" + i0+"/args",schemaPath:"#/definitions/hook/properties/args/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs6 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data0.env !== undefined){
let data4 = data0.env;
const _errs10 = errors;
if(errors === _errs10){
if(Array.isArray(data4)){
var valid4 = true;
const len2 = data4.length;
for(let i2=0; i2<len2; i2++){
const _errs12 = errors;
if(typeof data4[i2] !== "string"){
validate11.errors = [{instancePath:instancePath+"/" + i0+"/env/" + i2,schemaPath:"#/definitions/hook/properties/env/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs12 === errors;
if(!valid4){
break;
}
}
}
else {
validate11.errors = [{instancePath:instancePath+"/" + i0+"/env",schemaPath:"#/definitions/hook/properties/env/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs10 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data0.timeout !== undefined){
let data6 = data0.timeout;
const _errs14 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate11.errors = [{instancePath:instancePath+"/" + i0+"/timeout",schemaPath:"#/definitions/hook/properties/timeout/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
else {
validate11.errors = [{instancePath:instancePath+"/" + i0,schemaPath:"#/definitions/hook/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
else {
validate11.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
validate11.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="config.schema.json" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.root === undefined) && (missing0 = "root")){
validate10.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.ociVersion !== undefined){
const _errs1 = errors;
if(typeof data.ociVersion !== "string"){
validate10.errors = [{instancePath:instancePath+"/ociVersion",schemaPath:"#/properties/ociVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.root !== undefined){
let data1 = data.root;
const _errs3 = errors;
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if((data1.path === undefined) && (missing1 = "path")){
validate10.errors = [{instancePath:instancePath+"/root",schemaPath:"#/properties/root/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data1.path !== undefined){
let data2 = data1.path;
const _errs5 = errors;
if(errors === _errs5){
if(typeof data2 === "string"){
if(!pattern0.test(data2)){
validate10.errors = [{instancePath:instancePath+"/root/path",schemaPath:"#/properties/root/properties/path/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/root/path",schemaPath:"#/properties/root/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.readonly !== undefined){
const _errs7 = errors;
if(typeof data1.readonly !== "boolean"){
validate10.errors = [{instancePath:instancePath+"/root/readonly",schemaPath:"#/properties/root/properties/readonly/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/root",schemaPath:"#/properties/root/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.process !== undefined){
let data4 = data.process;
const _errs9 = errors;
if(errors === _errs9){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.terminal !== undefined){
const _errs11 = errors;
if(typeof data4.terminal !== "boolean"){
validate10.errors = [{instancePath:instancePath+"/process/terminal",schemaPath:"#/properties/process/properties/terminal/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.user !== undefined){
let data6 = data4.user;
const _errs13 = errors;
if(errors === _errs13){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.uid !== undefined){
let data7 = data6.uid;
const _errs15 = errors;
const _errs16 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate10.errors = [{instancePath:instancePath+"/process/user/uid",schemaPath:"#/definitions/id/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 4294967295 || isNaN(data7)){
validate10.errors = [{instancePath:instancePath+"/process/user/uid",schemaPath:"#/definitions/id/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"}];
return false;
}
else {
if(data7 < 0 || isNaN(data7)){
validate10.errors = [{instancePath:instancePath+"/process/user/uid",schemaPath:"#/definitions/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid3 = _errs15 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data6.gid !== undefined){
let data8 = data6.gid;
const _errs18 = errors;
const _errs19 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate10.errors = [{instancePath:instancePath+"/process/user/gid",schemaPath:"#/definitions/id/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs19){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 4294967295 || isNaN(data8)){
validate10.errors = [{instancePath:instancePath+"/process/user/gid",schemaPath:"#/definitions/id/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"}];
return false;
}
else {
if(data8 < 0 || isNaN(data8)){
validate10.errors = [{instancePath:instancePath+"/process/user/gid",schemaPath:"#/definitions/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data6.umask !== undefined){
let data9 = data6.umask;
const _errs21 = errors;
const _errs22 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate10.errors = [{instancePath:instancePath+"/process/user/umask",schemaPath:"#/definitions/id/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs22){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 4294967295 || isNaN(data9)){
validate10.errors = [{instancePath:instancePath+"/process/user/umask",schemaPath:"#/definitions/id/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"}];
return false;
}
else {
if(data9 < 0 || isNaN(data9)){
validate10.errors = [{instancePath:instancePath+"/process/user/umask",schemaPath:"#/definitions/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid3 = _errs21 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data6.additionalGids !== undefined){
let data10 = data6.additionalGids;
const _errs24 = errors;
if(errors === _errs24){
if(Array.isArray(data10)){
var valid7 = true;
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
const _errs26 = errors;
const _errs27 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate10.errors = [{instancePath:instancePath+"/process/user/additionalGids/" + i0,schemaPath:"#/definitions/id/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs27){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 4294967295 || isNaN(data11)){
validate10.errors = [{instancePath:instancePath+"/process/user/additionalGids/" + i0,schemaPath:"#/definitions/id/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"}];
return false;
}
else {
if(data11 < 0 || isNaN(data11)){
validate10.errors = [{instancePath:instancePath+"/process/user/additionalGids/" + i0,schemaPath:"#/definitions/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid7 = _errs26 === errors;
if(!valid7){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/user/additionalGids",schemaPath:"#/properties/process/properties/user/properties/additionalGids/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid3 = _errs24 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/user",schemaPath:"#/properties/process/properties/user/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.args !== undefined){
let data12 = data4.args;
const _errs29 = errors;
if(errors === _errs29){
if(Array.isArray(data12)){
var valid9 = true;
const len1 = data12.length;
for(let i1=0; i1<len1; i1++){
const _errs31 = errors;
if(typeof data12[i1] !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/args/" + i1,schemaPath:"#/properties/process/properties/args/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid9 = _errs31 === errors;
if(!valid9){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/args",schemaPath:"#/properties/process/properties/args/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs29 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.env !== undefined){
let data14 = data4.env;
const _errs33 = errors;
if(errors === _errs33){
if(Array.isArray(data14)){
var valid10 = true;
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
const _errs35 = errors;
if(typeof data14[i2] !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/env/" + i2,schemaPath:"#/properties/process/properties/env/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid10 = _errs35 === errors;
if(!valid10){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/env",schemaPath:"#/properties/process/properties/env/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs33 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.cwd !== undefined){
const _errs37 = errors;
if(typeof data4.cwd !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/cwd",schemaPath:"#/properties/process/properties/cwd/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs37 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.capabilities !== undefined){
let data17 = data4.capabilities;
const _errs39 = errors;
if(errors === _errs39){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.bounding !== undefined){
let data18 = data17.bounding;
const _errs41 = errors;
const _errs42 = errors;
if(errors === _errs42){
if(Array.isArray(data18)){
var valid13 = true;
const len3 = data18.length;
for(let i3=0; i3<len3; i3++){
const _errs44 = errors;
if(typeof data18[i3] !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/capabilities/bounding/" + i3,schemaPath:"#/definitions/names/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid13 = _errs44 === errors;
if(!valid13){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/capabilities/bounding",schemaPath:"#/definitions/names/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid11 = _errs41 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data17.effective !== undefined){
let data20 = data17.effective;
const _errs46 = errors;
const _errs47 = errors;
if(errors === _errs47){
if(Array.isArray(data20)){
var valid15 = true;
const len4 = data20.length;
for(let i4=0; i4<len4; i4++){
const _errs49 = errors;
if(typeof data20[i4] !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/capabilities/effective/" + i4,schemaPath:"#/definitions/names/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid15 = _errs49 === errors;
if(!valid15){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/capabilities/effective",schemaPath:"#/definitions/names/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid11 = _errs46 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data17.inheritable !== undefined){
let data22 = data17.inheritable;
const _errs51 = errors;
const _errs52 = errors;
if(errors === _errs52){
if(Array.isArray(data22)){
var valid17 = true;
const len5 = data22.length;
for(let i5=0; i5<len5; i5++){
const _errs54 = errors;
if(typeof data22[i5] !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/capabilities/inheritable/" + i5,schemaPath:"#/definitions/names/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid17 = _errs54 === errors;
if(!valid17){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/capabilities/inheritable",schemaPath:"#/definitions/names/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid11 = _errs51 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data17.permitted !== undefined){
let data24 = data17.permitted;
const _errs56 = errors;
const _errs57 = errors;
if(errors === _errs57){
if(Array.isArray(data24)){
var valid19 = true;
const len6 = data24.length;
for(let i6=0; i6<len6; i6++){
const _errs59 = errors;
if(typeof data24[i6] !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/capabilities/permitted/" + i6,schemaPath:"#/definitions/names/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid19 = _errs59 === errors;
if(!valid19){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/capabilities/permitted",schemaPath:"#/definitions/names/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid11 = _errs56 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data17.ambient !== undefined){
let data26 = data17.ambient;
const _errs61 = errors;
const _errs62 = errors;
if(errors === _errs62){
if(Array.isArray(data26)){
var valid21 = true;
const len7 = data26.length;
for(let i7=0; i7<len7; i7++){
const _errs64 = errors;
if(typeof data26[i7] !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/capabilities/ambient/" + i7,schemaPath:"#/definitions/names/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid21 = _errs64 === errors;
if(!valid21){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/capabilities/ambient",schemaPath:"#/definitions/names/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid11 = _errs61 === errors;
}
else {
var valid11 = true;
}
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process/capabilities",schemaPath:"#/properties/process/properties/capabilities/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs39 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.noNewPrivileges !== undefined){
const _errs66 = errors;
if(typeof data4.noNewPrivileges !== "boolean"){
validate10.errors = [{instancePath:instancePath+"/process/noNewPrivileges",schemaPath:"#/properties/process/properties/noNewPrivileges/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid2 = _errs66 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.apparmorProfile !== undefined){
const _errs68 = errors;
if(typeof data4.apparmorProfile !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/apparmorProfile",schemaPath:"#/properties/process/properties/apparmorProfile/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs68 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.selinuxLabel !== undefined){
const _errs70 = errors;
if(typeof data4.selinuxLabel !== "string"){
validate10.errors = [{instancePath:instancePath+"/process/selinuxLabel",schemaPath:"#/properties/process/properties/selinuxLabel/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs70 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.oomScoreAdj !== undefined){
let data31 = data4.oomScoreAdj;
const _errs72 = errors;
if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
validate10.errors = [{instancePath:instancePath+"/process/oomScoreAdj",schemaPath:"#/properties/process/properties/oomScoreAdj/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
var valid2 = _errs72 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/process",schemaPath:"#/properties/process/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.hostname !== undefined){
const _errs74 = errors;
if(typeof data.hostname !== "string"){
validate10.errors = [{instancePath:instancePath+"/hostname",schemaPath:"#/properties/hostname/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs74 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.mounts !== undefined){
let data33 = data.mounts;
const _errs76 = errors;
if(errors === _errs76){
if(Array.isArray(data33)){
var valid22 = true;
const len8 = data33.length;
for(let i8=0; i8<len8; i8++){
let data34 = data33[i8];
const _errs78 = errors;
const _errs79 = errors;
if(errors === _errs79){
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
let missing2;
if((data34.destination === undefined) && (missing2 = "destination")){
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8,schemaPath:"#/definitions/mount/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data34.destination !== undefined){
let data35 = data34.destination;
const _errs81 = errors;
if(errors === _errs81){
if(typeof data35 === "string"){
if(!pattern0.test(data35)){
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8+"/destination",schemaPath:"#/definitions/mount/properties/destination/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8+"/destination",schemaPath:"#/definitions/mount/properties/destination/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid24 = _errs81 === errors;
}
else {
var valid24 = true;
}
if(valid24){
if(data34.type !== undefined){
let data36 = data34.type;
const _errs83 = errors;
if(errors === _errs83){
if(typeof data36 === "string"){
if(!pattern2.test(data36)){
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8+"/type",schemaPath:"#/definitions/mount/properties/type/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8+"/type",schemaPath:"#/definitions/mount/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid24 = _errs83 === errors;
}
else {
var valid24 = true;
}
if(valid24){
if(data34.source !== undefined){
let data37 = data34.source;
const _errs85 = errors;
if(errors === _errs85){
if(typeof data37 === "string"){
if(!pattern2.test(data37)){
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8+"/source",schemaPath:"#/definitions/mount/properties/source/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8+"/source",schemaPath:"#/definitions/mount/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid24 = _errs85 === errors;
}
else {
var valid24 = true;
}
if(valid24){
if(data34.options !== undefined){
let data38 = data34.options;
const _errs87 = errors;
if(errors === _errs87){
if(Array.isArray(data38)){
var valid25 = true;
const len9 = data38.length;
for(let i9=0; i9<len9; i9++){
const _errs89 = errors;
if(typeof data38[i9] !== "string"){
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8+"/options/" + i9,schemaPath:"#/definitions/mount/properties/options/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid25 = _errs89 === errors;
if(!valid25){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8+"/options",schemaPath:"#/definitions/mount/properties/options/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid24 = _errs87 === errors;
}
else {
var valid24 = true;
}
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/mounts/" + i8,schemaPath:"#/definitions/mount/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid22 = _errs78 === errors;
if(!valid22){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/mounts",schemaPath:"#/properties/mounts/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs76 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.hooks !== undefined){
let data40 = data.hooks;
const _errs91 = errors;
if(errors === _errs91){
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
if(data40.prestart !== undefined){
const _errs93 = errors;
if(!(validate11(data40.prestart, {instancePath:instancePath+"/hooks/prestart",parentData:data40,parentDataProperty:"prestart",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
var valid26 = _errs93 === errors;
}
else {
var valid26 = true;
}
if(valid26){
if(data40.createRuntime !== undefined){
const _errs94 = errors;
if(!(validate11(data40.createRuntime, {instancePath:instancePath+"/hooks/createRuntime",parentData:data40,parentDataProperty:"createRuntime",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
var valid26 = _errs94 === errors;
}
else {
var valid26 = true;
}
if(valid26){
if(data40.createContainer !== undefined){
const _errs95 = errors;
if(!(validate11(data40.createContainer, {instancePath:instancePath+"/hooks/createContainer",parentData:data40,parentDataProperty:"createContainer",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
var valid26 = _errs95 === errors;
}
else {
var valid26 = true;
}
if(valid26){
if(data40.startContainer !== undefined){
const _errs96 = errors;
if(!(validate11(data40.startContainer, {instancePath:instancePath+"/hooks/startContainer",parentData:data40,parentDataProperty:"startContainer",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
var valid26 = _errs96 === errors;
}
else {
var valid26 = true;
}
if(valid26){
if(data40.poststart !== undefined){
const _errs97 = errors;
if(!(validate11(data40.poststart, {instancePath:instancePath+"/hooks/poststart",parentData:data40,parentDataProperty:"poststart",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
var valid26 = _errs97 === errors;
}
else {
var valid26 = true;
}
if(valid26){
if(data40.poststop !== undefined){
const _errs98 = errors;
if(!(validate11(data40.poststop, {instancePath:instancePath+"/hooks/poststop",parentData:data40,parentDataProperty:"poststop",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
var valid26 = _errs98 === errors;
}
else {
var valid26 = true;
}
}
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/hooks",schemaPath:"#/properties/hooks/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs91 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.annotations !== undefined){
let data47 = data.annotations;
const _errs99 = errors;
if(errors === _errs99){
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
for(const key0 in data47){
const _errs102 = errors;
if(typeof data47[key0] !== "string"){
validate10.errors = [{instancePath:instancePath+"/annotations/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/annotations/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid27 = _errs102 === errors;
if(!valid27){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/annotations",schemaPath:"#/properties/annotations/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs99 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.linux !== undefined){
let data49 = data.linux;
const _errs104 = errors;
if(errors === _errs104){
if(data49 && typeof data49 == "object" && !Array.isArray(data49)){
if(data49.namespaces !== undefined){
let data50 = data49.namespaces;
const _errs106 = errors;
if(errors === _errs106){
if(Array.isArray(data50)){
var valid29 = true;
const len10 = data50.length;
for(let i10=0; i10<len10; i10++){
let data51 = data50[i10];
const _errs108 = errors;
const _errs109 = errors;
if(errors === _errs109){
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
let missing3;
if((data51.type === undefined) && (missing3 = "type")){
validate10.errors = [{instancePath:instancePath+"/linux/namespaces/" + i10,schemaPath:"#/definitions/namespace/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data51.type !== undefined){
let data52 = data51.type;
const _errs111 = errors;
if(!((((((((data52 === "pid") || (data52 === "network")) || (data52 === "mount")) || (data52 === "ipc")) || (data52 === "uts")) || (data52 === "user")) || (data52 === "cgroup")) || (data52 === "time"))){
validate10.errors = [{instancePath:instancePath+"/linux/namespaces/" + i10+"/type",schemaPath:"#/definitions/namespace/properties/type/enum",keyword:"enum",params:{allowedValues: schema24.properties.type.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid31 = _errs111 === errors;
}
else {
var valid31 = true;
}
if(valid31){
if(data51.path !== undefined){
const _errs112 = errors;
if(typeof data51.path !== "string"){
validate10.errors = [{instancePath:instancePath+"/linux/namespaces/" + i10+"/path",schemaPath:"#/definitions/namespace/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid31 = _errs112 === errors;
}
else {
var valid31 = true;
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/linux/namespaces/" + i10,schemaPath:"#/definitions/namespace/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid29 = _errs108 === errors;
if(!valid29){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/linux/namespaces",schemaPath:"#/properties/linux/properties/namespaces/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid28 = _errs106 === errors;
}
else {
var valid28 = true;
}
if(valid28){
if(data49.rootfsPropagation !== undefined){
const _errs114 = errors;
if(typeof data49.rootfsPropagation !== "string"){
validate10.errors = [{instancePath:instancePath+"/linux/rootfsPropagation",schemaPath:"#/properties/linux/properties/rootfsPropagation/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid28 = _errs114 === errors;
}
else {
var valid28 = true;
}
if(valid28){
if(data49.devices !== undefined){
let data55 = data49.devices;
const _errs116 = errors;
if(errors === _errs116){
if(Array.isArray(data55)){
var valid32 = true;
const len11 = data55.length;
for(let i11=0; i11<len11; i11++){
let data56 = data55[i11];
const _errs118 = errors;
const _errs119 = errors;
if(errors === _errs119){
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
let missing4;
if((data56.path === undefined) && (missing4 = "path")){
validate10.errors = [{instancePath:instancePath+"/linux/devices/" + i11,schemaPath:"#/definitions/device/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
if(data56.path !== undefined){
let data57 = data56.path;
const _errs121 = errors;
if(errors === _errs121){
if(typeof data57 === "string"){
if(!pattern0.test(data57)){
validate10.errors = [{instancePath:instancePath+"/linux/devices/" + i11+"/path",schemaPath:"#/definitions/device/properties/path/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/linux/devices/" + i11+"/path",schemaPath:"#/definitions/device/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid34 = _errs121 === errors;
}
else {
var valid34 = true;
}
if(valid34){
if(data56.type !== undefined){
const _errs123 = errors;
if(typeof data56.type !== "string"){
validate10.errors = [{instancePath:instancePath+"/linux/devices/" + i11+"/type",schemaPath:"#/definitions/device/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid34 = _errs123 === errors;
}
else {
var valid34 = true;
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/linux/devices/" + i11,schemaPath:"#/definitions/device/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid32 = _errs118 === errors;
if(!valid32){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/linux/devices",schemaPath:"#/properties/linux/properties/devices/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid28 = _errs116 === errors;
}
else {
var valid28 = true;
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/linux",schemaPath:"#/properties/linux/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs104 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
validate10.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate10.errors = vErrors;
return errors === 0;
}

