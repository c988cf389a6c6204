// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/policy.schema.json by `npm run generate`. Do not edit.
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"policy.schema.json","title":"Policy","description":"A lockc policy: what a container is admitted with, and what the kernel refuses its user code. One file per policy, NAME.yaml, in /etc/lockc/policy or among the built-in ones.","type":"object","additionalProperties":false,"required":["name","description","confine","hostPaths","mountTypes","mountNamespace"],"properties":{"name":{"description":"The policy's name, the same as its file's: lower-case letters, digits and dashes, at most 63.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"description":{"description":"One sentence that says what the policy is for.","type":"string","pattern":"\\S"},"confine":{"description":"What the kernel refuses the container's user code, at any time and whoever started it: true refuses.","type":"object","additionalProperties":false,"required":["files","mounts","kernelLog","bpf"],"properties":{"files":{"description":"Files of mounts that the container was not given, however it gets at them.","type":"boolean"},"mounts":{"description":"Making, moving, changing and removing mounts.","type":"boolean"},"kernelLog":{"description":"Reading and changing the kernel log (dmesg).","type":"boolean"},"bpf":{"description":"The bpf system call and files of bpffs, through which lockc itself could be taken off.","type":"boolean"}}},"hostPaths":{"description":"Which of the host's files may be mounted into the container, beyond what the engine itself keeps for it (see engineRoots in the settings): \"any\", or a list. An empty list admits none.","oneOf":[{"const":"any"},{"type":"array","items":{"$ref":"#/definitions/hostPath"}}]},"mountTypes":{"description":"Which file systems the runtime may mount for the container, by type: \"any\", or a list such as proc, sysfs, tmpfs. Bind mounts are hostPaths' affair.","oneOf":[{"const":"any"},{"type":"array","items":{"type":"string","pattern":"^[a-z0-9._-]+$"}}]},"mountNamespace":{"description":"\"own\": the container must have a mount namespace of its own, without which no policy for files can hold. \"any\": it may share the host's.","enum":["own","any"]}},"definitions":{"hostPath":{"title":"HostPath","description":"One place of the host. The mount's source is compared after symbolic links are resolved.","type":"object","additionalProperties":false,"required":["path","access"],"properties":{"path":{"description":"An absolute path without \".\", \"..\" or doubled slashes. /srv means /srv and all below it; /home/* means what is below /home but not /home itself.","type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?$"},"access":{"description":"read-only: only mounts with the option ro. read-write: both.","enum":["read-only","read-write"]}}}}};
const schema12 = {"title":"HostPath","description":"One place of the host. The mount's source is compared after symbolic links are resolved.","type":"object","additionalProperties":false,"required":["path","access"],"properties":{"path":{"description":"An absolute path without \".\", \"..\" or doubled slashes. /srv means /srv and all below it; /home/* means what is below /home but not /home itself.","type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?$"},"access":{"description":"read-only: only mounts with the option ro. read-write: both.","enum":["read-only","read-write"]}}};
const pattern0 = new RegExp("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "u");
const pattern1 = new RegExp("\\S", "u");
const pattern2 = new RegExp("^(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?$", "u");
const pattern3 = new RegExp("^[a-z0-9._-]+$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="policy.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.description === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "description"},message:"must have required property '"+"description"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.confine === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "confine"},message:"must have required property '"+"confine"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.hostPaths === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "hostPaths"},message:"must have required property '"+"hostPaths"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.mountTypes === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "mountTypes"},message:"must have required property '"+"mountTypes"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.mountNamespace === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "mountNamespace"},message:"must have required property '"+"mountNamespace"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "name") || (key0 === "description")) || (key0 === "confine")) || (key0 === "hostPaths")) || (key0 === "mountTypes")) || (key0 === "mountNamespace"))){
const err6 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err7 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.description !== undefined){
let data1 = data.description;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
const err9 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.confine !== undefined){
let data2 = data.confine;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.files === undefined){
const err11 = {instancePath:instancePath+"/confine",schemaPath:"#/properties/confine/required",keyword:"required",params:{missingProperty: "files"},message:"must have required property '"+"files"+"'"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data2.mounts === undefined){
const err12 = {instancePath:instancePath+"/confine",schemaPath:"#/properties/confine/required",keyword:"required",params:{missingProperty: "mounts"},message:"must have required property '"+"mounts"+"'"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data2.kernelLog === undefined){
const err13 = {instancePath:instancePath+"/confine",schemaPath:"#/properties/confine/required",keyword:"required",params:{missingProperty: "kernelLog"},message:"must have required property '"+"kernelLog"+"'"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data2.bpf === undefined){
const err14 = {instancePath:instancePath+"/confine",schemaPath:"#/properties/confine/required",keyword:"required",params:{missingProperty: "bpf"},message:"must have required property '"+"bpf"+"'"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key1 in data2){
if(!((((key1 === "files") || (key1 === "mounts")) || (key1 === "kernelLog")) || (key1 === "bpf"))){
const err15 = {instancePath:instancePath+"/confine",schemaPath:"#/properties/confine/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data2.files !== undefined){
if(typeof data2.files !== "boolean"){
const err16 = {instancePath:instancePath+"/confine/files",schemaPath:"#/properties/confine/properties/files/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data2.mounts !== undefined){
if(typeof data2.mounts !== "boolean"){
const err17 = {instancePath:instancePath+"/confine/mounts",schemaPath:"#/properties/confine/properties/mounts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data2.kernelLog !== undefined){
if(typeof data2.kernelLog !== "boolean"){
const err18 = {instancePath:instancePath+"/confine/kernelLog",schemaPath:"#/properties/confine/properties/kernelLog/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data2.bpf !== undefined){
if(typeof data2.bpf !== "boolean"){
const err19 = {instancePath:instancePath+"/confine/bpf",schemaPath:"#/properties/confine/properties/bpf/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
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
const err20 = {instancePath:instancePath+"/confine",schemaPath:"#/properties/confine/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.hostPaths !== undefined){
let data7 = data.hostPaths;
const _errs18 = errors;
let valid2 = false;
let passing0 = null;
const _errs19 = errors;
if("any" !== data7){
const err21 = {instancePath:instancePath+"/hostPaths",schemaPath:"#/properties/hostPaths/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid0 = _errs19 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs20 = errors;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.path === undefined){
const err22 = {instancePath:instancePath+"/hostPaths/" + i0,schemaPath:"#/definitions/hostPath/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data8.access === undefined){
const err23 = {instancePath:instancePath+"/hostPaths/" + i0,schemaPath:"#/definitions/hostPath/required",keyword:"required",params:{missingProperty: "access"},message:"must have required property '"+"access"+"'"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
for(const key2 in data8){
if(!((key2 === "path") || (key2 === "access"))){
const err24 = {instancePath:instancePath+"/hostPaths/" + i0,schemaPath:"#/definitions/hostPath/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data8.path !== undefined){
let data9 = data8.path;
if(typeof data9 === "string"){
if(!pattern2.test(data9)){
const err25 = {instancePath:instancePath+"/hostPaths/" + i0+"/path",schemaPath:"#/definitions/hostPath/properties/path/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?$"+"\""};
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
const err26 = {instancePath:instancePath+"/hostPaths/" + i0+"/path",schemaPath:"#/definitions/hostPath/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data8.access !== undefined){
let data10 = data8.access;
if(!((data10 === "read-only") || (data10 === "read-write"))){
const err27 = {instancePath:instancePath+"/hostPaths/" + i0+"/access",schemaPath:"#/definitions/hostPath/properties/access/enum",keyword:"enum",params:{allowedValues: schema12.properties.access.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/hostPaths/" + i0,schemaPath:"#/definitions/hostPath/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err29 = {instancePath:instancePath+"/hostPaths",schemaPath:"#/properties/hostPaths/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
var _valid0 = _errs20 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
}
if(!valid2){
const err30 = {instancePath:instancePath+"/hostPaths",schemaPath:"#/properties/hostPaths/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
else {
errors = _errs18;
if(vErrors !== null){
if(_errs18){
vErrors.length = _errs18;
}
else {
vErrors = null;
}
}
}
}
if(data.mountTypes !== undefined){
let data11 = data.mountTypes;
const _errs30 = errors;
let valid7 = false;
let passing1 = null;
const _errs31 = errors;
if("any" !== data11){
const err31 = {instancePath:instancePath+"/mountTypes",schemaPath:"#/properties/mountTypes/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
var _valid1 = _errs31 === errors;
if(_valid1){
valid7 = true;
passing1 = 0;
}
const _errs32 = errors;
if(Array.isArray(data11)){
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
let data12 = data11[i1];
if(typeof data12 === "string"){
if(!pattern3.test(data12)){
const err32 = {instancePath:instancePath+"/mountTypes/" + i1,schemaPath:"#/properties/mountTypes/oneOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9._-]+$"},message:"must match pattern \""+"^[a-z0-9._-]+$"+"\""};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/mountTypes/" + i1,schemaPath:"#/properties/mountTypes/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/mountTypes",schemaPath:"#/properties/mountTypes/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
var _valid1 = _errs32 === errors;
if(_valid1 && valid7){
valid7 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid7 = true;
passing1 = 1;
}
}
if(!valid7){
const err35 = {instancePath:instancePath+"/mountTypes",schemaPath:"#/properties/mountTypes/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
else {
errors = _errs30;
if(vErrors !== null){
if(_errs30){
vErrors.length = _errs30;
}
else {
vErrors = null;
}
}
}
}
if(data.mountNamespace !== undefined){
let data13 = data.mountNamespace;
if(!((data13 === "own") || (data13 === "any"))){
const err36 = {instancePath:instancePath+"/mountNamespace",schemaPath:"#/properties/mountNamespace/enum",keyword:"enum",params:{allowedValues: schema11.properties.mountNamespace.enum},message:"must be equal to one of the allowed values"};
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
const err37 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

