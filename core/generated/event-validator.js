// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/event.schema.json by `npm run generate`. Do not edit.
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"event.schema.json","title":"Event","description":"One line of `lockctl events --json`. Names and meanings stay; new ones may come.","type":"object","additionalProperties":false,"required":["level","time","sequence","event","count","rule","hook","policy","container","task","object","msg"],"properties":{"level":{"description":"warn: something was refused. info: it was let through since its rule is only audited, or a policy was changed. debug: a container came, went or was entered.","enum":["warn","info","debug"]},"time":{"description":"When, in UTC, RFC 3339 with milliseconds; of the last one if the event stands for several.","type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"},"sequence":{"description":"Number of the event since the programs were loaded; a gap means that events were lost. 0 where lockctl itself speaks, of events that were lost.","type":"integer","minimum":0},"event":{"description":"denied, audited: user code of a container, or with the rules guard and entry a process of the host. refused, tolerated: lockc-runc, as it was to create the container. registered, started, joined, changed, released: what became of the container. lost: events of which nobody read in time, told by lockctl.","enum":["denied","audited","refused","tolerated","registered","started","joined","changed","released","lost"]},"count":{"description":"How many like it since the event before: the same container, rule and object.","type":"integer","minimum":1},"rule":{"description":"The policy's rule by its name in policy files, guard, or entry; null: none.","type":["string","null"]},"hook":{"description":"Where the kernel asked: the LSM hook; null: it was not the kernel.","type":["string","null"]},"policy":{"description":"The container's policy; null: none.","type":["string","null"]},"container":{"title":"EventContainer","description":"null: a process of the host.","type":["object","null"],"additionalProperties":false,"required":["key","id","name"],"properties":{"key":{"description":"Names it while the host is up, whatever its ID, in 16 hexadecimal digits; only zeros: it was never registered.","type":"string"},"id":{"description":"As its engine gave it to lockc-runc.","type":"string"},"name":{"description":"What its engine calls it; null: nothing that lockc-runc was told.","type":["string","null"]}}},"task":{"title":"EventTask","description":"Who did it; null: nobody in particular.","type":["object","null"],"additionalProperties":false,"required":["pid","tid","nsPid","uid","comm","exe"],"properties":{"pid":{"description":"Process (thread group) in the host's PID namespace.","type":"integer","minimum":0},"tid":{"description":"Thread in the host's PID namespace.","type":"integer","minimum":0},"nsPid":{"description":"Process in its own PID namespace.","type":"integer","minimum":0},"uid":{"description":"User on the host.","type":"integer","minimum":0},"comm":{"description":"The thread's name.","type":"string"},"exe":{"description":"Path of the program that it runs, as far as known; null: unknown.","type":["string","null"]}}},"object":{"title":"EventObject","description":"What it was done to; null: the rule forbids the act whatever its object.","type":["object","null"],"additionalProperties":false,"required":["type"],"properties":{"type":{"description":"Which of the other properties are there; each says of which types it tells.","enum":["file","process","capability","address","socket","device","name","number"]},"path":{"description":"file, device: where it is, as the container sees it; what lies on no mount of its: as the file system has it.","type":"string"},"device":{"description":"file: of its file system, MAJOR:MINOR. device: its own.","type":"string"},"inode":{"description":"file: its inode's number there.","type":"integer","minimum":0},"pid":{"description":"process: in the host's PID namespace.","type":"integer","minimum":0},"name":{"description":"process: its name. capability: CAP_… of capabilities(7). name: an abstract socket (with @), a kernel module, a file system.","type":"string"},"kind":{"description":"device: whether it is read in characters or blocks.","enum":["char","block"]},"access":{"description":"file, device: what of it was wanted, some of r (read), w (write), m (make a node of it); absent: the rule does not ask.","type":"string","pattern":"^(?=[rwm])r?w?m?$"},"family":{"description":"address, socket: AF_… of address_families(7).","type":"string"},"address":{"description":"address: IP address, without port.","type":"string"},"port":{"description":"address: TCP or UDP port, or the like.","type":"integer","minimum":0},"socket":{"description":"socket: its type and protocol, such as SOCK_RAW 1.","type":"string"},"number":{"description":"number: a command or an option of the hook.","type":"integer","minimum":0}}},"allowedBy":{"title":"EventAllowance","description":"refused, tolerated: of each rule that refuses it the least that it would have to say, in a policy that extends this one, to let the container be made; null: nothing lets just this through. Absent: no rule refused it, or it is too long to be told.","type":"object","additionalProperties":{"oneOf":[{"type":"null"},{"type":"array","items":{"type":"object","additionalProperties":true}}]}},"msg":{"description":"The whole in one English sentence; its wording may change.","type":"string"}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$", "u");
const pattern1 = new RegExp("^(?=[rwm])r?w?m?$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="event.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.level === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "level"},message:"must have required property '"+"level"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.time === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "time"},message:"must have required property '"+"time"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.sequence === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "sequence"},message:"must have required property '"+"sequence"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.event === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "event"},message:"must have required property '"+"event"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.count === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "count"},message:"must have required property '"+"count"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.rule === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "rule"},message:"must have required property '"+"rule"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.hook === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "hook"},message:"must have required property '"+"hook"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.policy === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "policy"},message:"must have required property '"+"policy"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data.container === undefined){
const err8 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "container"},message:"must have required property '"+"container"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data.task === undefined){
const err9 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "task"},message:"must have required property '"+"task"+"'"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.object === undefined){
const err10 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "object"},message:"must have required property '"+"object"+"'"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.msg === undefined){
const err11 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "msg"},message:"must have required property '"+"msg"+"'"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err12 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.level !== undefined){
let data0 = data.level;
if(!(((data0 === "warn") || (data0 === "info")) || (data0 === "debug"))){
const err13 = {instancePath:instancePath+"/level",schemaPath:"#/properties/level/enum",keyword:"enum",params:{allowedValues: schema11.properties.level.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.time !== undefined){
let data1 = data.time;
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
const err14 = {instancePath:instancePath+"/time",schemaPath:"#/properties/time/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"+"\""};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.sequence !== undefined){
let data2 = data.sequence;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err16 = {instancePath:instancePath+"/sequence",schemaPath:"#/properties/sequence/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
const err17 = {instancePath:instancePath+"/sequence",schemaPath:"#/properties/sequence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
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
if(data.event !== undefined){
let data3 = data.event;
if(!((((((((((data3 === "denied") || (data3 === "audited")) || (data3 === "refused")) || (data3 === "tolerated")) || (data3 === "registered")) || (data3 === "started")) || (data3 === "joined")) || (data3 === "changed")) || (data3 === "released")) || (data3 === "lost"))){
const err18 = {instancePath:instancePath+"/event",schemaPath:"#/properties/event/enum",keyword:"enum",params:{allowedValues: schema11.properties.event.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.count !== undefined){
let data4 = data.count;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err19 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 1 || isNaN(data4)){
const err20 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
if(data.rule !== undefined){
let data5 = data.rule;
if((typeof data5 !== "string") && (data5 !== null)){
const err21 = {instancePath:instancePath+"/rule",schemaPath:"#/properties/rule/type",keyword:"type",params:{type: schema11.properties.rule.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.hook !== undefined){
let data6 = data.hook;
if((typeof data6 !== "string") && (data6 !== null)){
const err22 = {instancePath:instancePath+"/hook",schemaPath:"#/properties/hook/type",keyword:"type",params:{type: schema11.properties.hook.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.policy !== undefined){
let data7 = data.policy;
if((typeof data7 !== "string") && (data7 !== null)){
const err23 = {instancePath:instancePath+"/policy",schemaPath:"#/properties/policy/type",keyword:"type",params:{type: schema11.properties.policy.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.container !== undefined){
let data8 = data.container;
if((!(data8 && typeof data8 == "object" && !Array.isArray(data8))) && (data8 !== null)){
const err24 = {instancePath:instancePath+"/container",schemaPath:"#/properties/container/type",keyword:"type",params:{type: schema11.properties.container.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.key === undefined){
const err25 = {instancePath:instancePath+"/container",schemaPath:"#/properties/container/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data8.id === undefined){
const err26 = {instancePath:instancePath+"/container",schemaPath:"#/properties/container/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data8.name === undefined){
const err27 = {instancePath:instancePath+"/container",schemaPath:"#/properties/container/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
for(const key1 in data8){
if(!(((key1 === "key") || (key1 === "id")) || (key1 === "name"))){
const err28 = {instancePath:instancePath+"/container",schemaPath:"#/properties/container/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data8.key !== undefined){
if(typeof data8.key !== "string"){
const err29 = {instancePath:instancePath+"/container/key",schemaPath:"#/properties/container/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data8.id !== undefined){
if(typeof data8.id !== "string"){
const err30 = {instancePath:instancePath+"/container/id",schemaPath:"#/properties/container/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data8.name !== undefined){
let data11 = data8.name;
if((typeof data11 !== "string") && (data11 !== null)){
const err31 = {instancePath:instancePath+"/container/name",schemaPath:"#/properties/container/properties/name/type",keyword:"type",params:{type: schema11.properties.container.properties.name.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
}
if(data.task !== undefined){
let data12 = data.task;
if((!(data12 && typeof data12 == "object" && !Array.isArray(data12))) && (data12 !== null)){
const err32 = {instancePath:instancePath+"/task",schemaPath:"#/properties/task/type",keyword:"type",params:{type: schema11.properties.task.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.pid === undefined){
const err33 = {instancePath:instancePath+"/task",schemaPath:"#/properties/task/required",keyword:"required",params:{missingProperty: "pid"},message:"must have required property '"+"pid"+"'"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data12.tid === undefined){
const err34 = {instancePath:instancePath+"/task",schemaPath:"#/properties/task/required",keyword:"required",params:{missingProperty: "tid"},message:"must have required property '"+"tid"+"'"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data12.nsPid === undefined){
const err35 = {instancePath:instancePath+"/task",schemaPath:"#/properties/task/required",keyword:"required",params:{missingProperty: "nsPid"},message:"must have required property '"+"nsPid"+"'"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data12.uid === undefined){
const err36 = {instancePath:instancePath+"/task",schemaPath:"#/properties/task/required",keyword:"required",params:{missingProperty: "uid"},message:"must have required property '"+"uid"+"'"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data12.comm === undefined){
const err37 = {instancePath:instancePath+"/task",schemaPath:"#/properties/task/required",keyword:"required",params:{missingProperty: "comm"},message:"must have required property '"+"comm"+"'"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(data12.exe === undefined){
const err38 = {instancePath:instancePath+"/task",schemaPath:"#/properties/task/required",keyword:"required",params:{missingProperty: "exe"},message:"must have required property '"+"exe"+"'"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
for(const key2 in data12){
if(!((((((key2 === "pid") || (key2 === "tid")) || (key2 === "nsPid")) || (key2 === "uid")) || (key2 === "comm")) || (key2 === "exe"))){
const err39 = {instancePath:instancePath+"/task",schemaPath:"#/properties/task/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data12.pid !== undefined){
let data13 = data12.pid;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err40 = {instancePath:instancePath+"/task/pid",schemaPath:"#/properties/task/properties/pid/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
const err41 = {instancePath:instancePath+"/task/pid",schemaPath:"#/properties/task/properties/pid/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
if(data12.tid !== undefined){
let data14 = data12.tid;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err42 = {instancePath:instancePath+"/task/tid",schemaPath:"#/properties/task/properties/tid/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
const err43 = {instancePath:instancePath+"/task/tid",schemaPath:"#/properties/task/properties/tid/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data12.nsPid !== undefined){
let data15 = data12.nsPid;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err44 = {instancePath:instancePath+"/task/nsPid",schemaPath:"#/properties/task/properties/nsPid/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
const err45 = {instancePath:instancePath+"/task/nsPid",schemaPath:"#/properties/task/properties/nsPid/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
if(data12.uid !== undefined){
let data16 = data12.uid;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err46 = {instancePath:instancePath+"/task/uid",schemaPath:"#/properties/task/properties/uid/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
const err47 = {instancePath:instancePath+"/task/uid",schemaPath:"#/properties/task/properties/uid/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
if(data12.comm !== undefined){
if(typeof data12.comm !== "string"){
const err48 = {instancePath:instancePath+"/task/comm",schemaPath:"#/properties/task/properties/comm/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data12.exe !== undefined){
let data18 = data12.exe;
if((typeof data18 !== "string") && (data18 !== null)){
const err49 = {instancePath:instancePath+"/task/exe",schemaPath:"#/properties/task/properties/exe/type",keyword:"type",params:{type: schema11.properties.task.properties.exe.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
}
if(data.object !== undefined){
let data19 = data.object;
if((!(data19 && typeof data19 == "object" && !Array.isArray(data19))) && (data19 !== null)){
const err50 = {instancePath:instancePath+"/object",schemaPath:"#/properties/object/type",keyword:"type",params:{type: schema11.properties.object.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(data19.type === undefined){
const err51 = {instancePath:instancePath+"/object",schemaPath:"#/properties/object/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
for(const key3 in data19){
if(!(func2.call(schema11.properties.object.properties, key3))){
const err52 = {instancePath:instancePath+"/object",schemaPath:"#/properties/object/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data19.type !== undefined){
let data20 = data19.type;
if(!((((((((data20 === "file") || (data20 === "process")) || (data20 === "capability")) || (data20 === "address")) || (data20 === "socket")) || (data20 === "device")) || (data20 === "name")) || (data20 === "number"))){
const err53 = {instancePath:instancePath+"/object/type",schemaPath:"#/properties/object/properties/type/enum",keyword:"enum",params:{allowedValues: schema11.properties.object.properties.type.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data19.path !== undefined){
if(typeof data19.path !== "string"){
const err54 = {instancePath:instancePath+"/object/path",schemaPath:"#/properties/object/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data19.device !== undefined){
if(typeof data19.device !== "string"){
const err55 = {instancePath:instancePath+"/object/device",schemaPath:"#/properties/object/properties/device/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data19.inode !== undefined){
let data23 = data19.inode;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err56 = {instancePath:instancePath+"/object/inode",schemaPath:"#/properties/object/properties/inode/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 < 0 || isNaN(data23)){
const err57 = {instancePath:instancePath+"/object/inode",schemaPath:"#/properties/object/properties/inode/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
if(data19.pid !== undefined){
let data24 = data19.pid;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err58 = {instancePath:instancePath+"/object/pid",schemaPath:"#/properties/object/properties/pid/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 < 0 || isNaN(data24)){
const err59 = {instancePath:instancePath+"/object/pid",schemaPath:"#/properties/object/properties/pid/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
if(data19.name !== undefined){
if(typeof data19.name !== "string"){
const err60 = {instancePath:instancePath+"/object/name",schemaPath:"#/properties/object/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data19.kind !== undefined){
let data26 = data19.kind;
if(!((data26 === "char") || (data26 === "block"))){
const err61 = {instancePath:instancePath+"/object/kind",schemaPath:"#/properties/object/properties/kind/enum",keyword:"enum",params:{allowedValues: schema11.properties.object.properties.kind.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data19.access !== undefined){
let data27 = data19.access;
if(typeof data27 === "string"){
if(!pattern1.test(data27)){
const err62 = {instancePath:instancePath+"/object/access",schemaPath:"#/properties/object/properties/access/pattern",keyword:"pattern",params:{pattern: "^(?=[rwm])r?w?m?$"},message:"must match pattern \""+"^(?=[rwm])r?w?m?$"+"\""};
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
const err63 = {instancePath:instancePath+"/object/access",schemaPath:"#/properties/object/properties/access/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data19.family !== undefined){
if(typeof data19.family !== "string"){
const err64 = {instancePath:instancePath+"/object/family",schemaPath:"#/properties/object/properties/family/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data19.address !== undefined){
if(typeof data19.address !== "string"){
const err65 = {instancePath:instancePath+"/object/address",schemaPath:"#/properties/object/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data19.port !== undefined){
let data30 = data19.port;
if(!(((typeof data30 == "number") && (!(data30 % 1) && !isNaN(data30))) && (isFinite(data30)))){
const err66 = {instancePath:instancePath+"/object/port",schemaPath:"#/properties/object/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if((typeof data30 == "number") && (isFinite(data30))){
if(data30 < 0 || isNaN(data30)){
const err67 = {instancePath:instancePath+"/object/port",schemaPath:"#/properties/object/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
if(data19.socket !== undefined){
if(typeof data19.socket !== "string"){
const err68 = {instancePath:instancePath+"/object/socket",schemaPath:"#/properties/object/properties/socket/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data19.number !== undefined){
let data32 = data19.number;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
const err69 = {instancePath:instancePath+"/object/number",schemaPath:"#/properties/object/properties/number/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 0 || isNaN(data32)){
const err70 = {instancePath:instancePath+"/object/number",schemaPath:"#/properties/object/properties/number/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
}
}
if(data.allowedBy !== undefined){
let data33 = data.allowedBy;
if(data33 && typeof data33 == "object" && !Array.isArray(data33)){
for(const key4 in data33){
let data34 = data33[key4];
const _errs71 = errors;
let valid5 = false;
let passing0 = null;
const _errs72 = errors;
if(data34 !== null){
const err71 = {instancePath:instancePath+"/allowedBy/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/allowedBy/additionalProperties/oneOf/0/type",keyword:"type",params:{type: "null"},message:"must be null"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
var _valid0 = _errs72 === errors;
if(_valid0){
valid5 = true;
passing0 = 0;
}
const _errs74 = errors;
if(Array.isArray(data34)){
const len0 = data34.length;
for(let i0=0; i0<len0; i0++){
let data35 = data34[i0];
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
}
else {
const err72 = {instancePath:instancePath+"/allowedBy/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/allowedBy/additionalProperties/oneOf/1/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath:instancePath+"/allowedBy/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/allowedBy/additionalProperties/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
var _valid0 = _errs74 === errors;
if(_valid0 && valid5){
valid5 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid5 = true;
passing0 = 1;
}
}
if(!valid5){
const err74 = {instancePath:instancePath+"/allowedBy/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/allowedBy/additionalProperties/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
else {
errors = _errs71;
if(vErrors !== null){
if(_errs71){
vErrors.length = _errs71;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err75 = {instancePath:instancePath+"/allowedBy",schemaPath:"#/properties/allowedBy/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data.msg !== undefined){
if(typeof data.msg !== "string"){
const err76 = {instancePath:instancePath+"/msg",schemaPath:"#/properties/msg/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err77 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

