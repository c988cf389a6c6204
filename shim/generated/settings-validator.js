// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/settings.schema.json by `npm run generate`. Do not edit.
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"settings.schema.json","title":"Settings","description":"/etc/lockc/lockc.yaml: what the host's admin decides for every container. Every property has a default, and so has a missing file. Takes effect with `lockctl load`.","type":"object","additionalProperties":false,"properties":{"runtime":{"description":"Absolute path of the low-level runtime (runc or crun) that lockc-runc becomes. Without it, the first that is found in the usual places.","type":"string","pattern":"^/[^\\u0000\\n]*[^/\\u0000\\n]$"},"defaultPolicy":{"description":"The policy of containers for which nothing else selects one.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$","default":"baseline"},"annotations":{"description":"What the OCI annotation org.lockc.policy, which whoever starts a container may set, can do. tighten: select a policy at least as strict as the one selected without it. any: select any policy. ignore: nothing.","enum":["tighten","any","ignore"],"default":"tighten"},"engineRoots":{"description":"Absolute directories that engines keep for their containers: what an engine mounts from there (root file systems, volumes, resolv.conf) is its own, not the user's.","type":"array","items":{"type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},"default":["/var/lib/docker","/run/docker","/var/lib/containerd","/run/containerd","/var/lib/containers/storage","/run/containers/storage","/var/lib/kubelet"]}}};
const pattern0 = new RegExp("^/[^\\u0000\\n]*[^/\\u0000\\n]$", "u");
const pattern1 = new RegExp("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "u");
const pattern2 = new RegExp("^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="settings.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "runtime") || (key0 === "defaultPolicy")) || (key0 === "annotations")) || (key0 === "engineRoots"))){
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
if(data.defaultPolicy !== undefined){
let data1 = data.defaultPolicy;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
const err3 = {instancePath:instancePath+"/defaultPolicy",schemaPath:"#/properties/defaultPolicy/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/defaultPolicy",schemaPath:"#/properties/defaultPolicy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.annotations !== undefined){
let data2 = data.annotations;
if(!(((data2 === "tighten") || (data2 === "any")) || (data2 === "ignore"))){
const err5 = {instancePath:instancePath+"/annotations",schemaPath:"#/properties/annotations/enum",keyword:"enum",params:{allowedValues: schema11.properties.annotations.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.engineRoots !== undefined){
let data3 = data.engineRoots;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(!pattern2.test(data4)){
const err6 = {instancePath:instancePath+"/engineRoots/" + i0,schemaPath:"#/properties/engineRoots/items/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
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
const err7 = {instancePath:instancePath+"/engineRoots/" + i0,schemaPath:"#/properties/engineRoots/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/engineRoots",schemaPath:"#/properties/engineRoots/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

