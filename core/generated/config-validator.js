// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.
const ve=_;var be=_;const fe=new RegExp("^[^\\u0000]+$","u");function x(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.path===
void 0&&(n="path"))return x.errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{
missingProperty:n},message:"must have required property '"+n+"'"}],!1;if(e.path!==void 0){let o=e.path;
const p=r;if(r===p)if(typeof o=="string"){if(!fe.test(o))return x.errors=[{instancePath:s+"/path",schemaPath:"\
#/properties/path/pattern",keyword:"pattern",params:{pattern:"^[^\\u0000]+$"},message:'must match pa\
ttern "^[^\\u0000]+$"'}],!1}else return x.errors=[{instancePath:s+"/path",schemaPath:"#/properties/p\
ath/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=p===r}else var i=!0;
if(i)if(e.readonly!==void 0){const o=r;if(typeof e.readonly!="boolean")return x.errors=[{instancePath:s+
"/readonly",schemaPath:"#/properties/readonly/type",keyword:"type",params:{type:"boolean"},message:"\
must be boolean"}],!1;var i=o===r}else var i=!0}else return x.errors=[{instancePath:s,schemaPath:"#/\
type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return x.errors=t,r===0}const me=new RegExp("^[^\\u0000]*$","u");function m(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(Array.isArray(e)){var i=!0;const n=e.length;for(let o=0;o<n;o++){const p=r;if(typeof e[o]!="str\
ing")return m.errors=[{instancePath:s+"/"+o,schemaPath:"#/items/type",keyword:"type",params:{type:"s\
tring"},message:"must be string"}],!1;var i=p===r;if(!i)break}}else return m.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;return m.errors=
t,r===0}function d(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(!(typeof e==
"number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))return d.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"integer"},message:"must be integer"}],!1;if(r===0&&typeof e=="number"&&isFinite(
e)){if(e>4294967295||isNaN(e))return d.errors=[{instancePath:s,schemaPath:"#/maximum",keyword:"maxim\
um",params:{comparison:"<=",limit:4294967295},message:"must be <= 4294967295"}],!1;if(e<0||isNaN(e))
return d.errors=[{instancePath:s,schemaPath:"#/minimum",keyword:"minimum",params:{comparison:">=",limit:0},
message:"must be >= 0"}],!1}return d.errors=t,r===0}function Q(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.containerID===
void 0&&(n="containerID")||e.hostID===void 0&&(n="hostID")||e.size===void 0&&(n="size"))return Q.errors=
[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{missingProperty:n},message:"must\
 have required property '"+n+"'"}],!1;if(e.containerID!==void 0){const o=r;d(e.containerID,{instancePath:s+
"/containerID",parentData:e,parentDataProperty:"containerID",rootData:a})||(t=t===null?d.errors:t.concat(
d.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.hostID!==void 0){const o=r;d(e.hostID,{instancePath:s+
"/hostID",parentData:e,parentDataProperty:"hostID",rootData:a})||(t=t===null?d.errors:t.concat(d.errors),
r=t.length);var i=o===r}else var i=!0;if(i)if(e.size!==void 0){const o=r;d(e.size,{instancePath:s+"/\
size",parentData:e,parentDataProperty:"size",rootData:a})||(t=t===null?d.errors:t.concat(d.errors),r=
t.length);var i=o===r}else var i=!0}}else return Q.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"object"},message:"must be object"}],!1;return Q.errors=t,r===0}function k(e,{instancePath:s="",
parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===0)if(Array.isArray(e)){var i=!0;
const n=e.length;for(let o=0;o<n;o++){const p=r;Q(e[o],{instancePath:s+"/"+o,parentData:e,parentDataProperty:o,
rootData:a})||(t=t===null?Q.errors:t.concat(Q.errors),r=t.length);var i=p===r;if(!i)break}}else return k.
errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"array"},message:"must be ar\
ray"}],!1;return k.errors=t,r===0}function A(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.destination===
void 0&&(n="destination"))return A.errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",
params:{missingProperty:n},message:"must have required property '"+n+"'"}],!1;if(e.destination!==void 0){
let o=e.destination;const p=r;if(r===p)if(typeof o=="string"){if(!fe.test(o))return A.errors=[{instancePath:s+
"/destination",schemaPath:"#/properties/destination/pattern",keyword:"pattern",params:{pattern:"^[^\\\
u0000]+$"},message:'must match pattern "^[^\\u0000]+$"'}],!1}else return A.errors=[{instancePath:s+"\
/destination",schemaPath:"#/properties/destination/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var i=p===r}else var i=!0;if(i){if(e.type!==void 0){let o=e.type;const p=r;if(r===
p)if(typeof o=="string"){if(!me.test(o))return A.errors=[{instancePath:s+"/type",schemaPath:"#/prope\
rties/type/pattern",keyword:"pattern",params:{pattern:"^[^\\u0000]*$"},message:'must match pattern "\
^[^\\u0000]*$"'}],!1}else return A.errors=[{instancePath:s+"/type",schemaPath:"#/properties/type/typ\
e",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=p===r}else var i=!0;if(i){
if(e.source!==void 0){let o=e.source;const p=r;if(r===p)if(typeof o=="string"){if(!me.test(o))return A.
errors=[{instancePath:s+"/source",schemaPath:"#/properties/source/pattern",keyword:"pattern",params:{
pattern:"^[^\\u0000]*$"},message:'must match pattern "^[^\\u0000]*$"'}],!1}else return A.errors=[{instancePath:s+
"/source",schemaPath:"#/properties/source/type",keyword:"type",params:{type:"string"},message:"must \
be string"}],!1;var i=p===r}else var i=!0;if(i){if(e.options!==void 0){const o=r;m(e.options,{instancePath:s+
"/options",parentData:e,parentDataProperty:"options",rootData:a})||(t=t===null?m.errors:t.concat(m.errors),
r=t.length);var i=o===r}else var i=!0;if(i){if(e.uidMappings!==void 0){const o=r;k(e.uidMappings,{instancePath:s+
"/uidMappings",parentData:e,parentDataProperty:"uidMappings",rootData:a})||(t=t===null?k.errors:t.concat(
k.errors),r=t.length);var i=o===r}else var i=!0;if(i)if(e.gidMappings!==void 0){const o=r;k(e.gidMappings,
{instancePath:s+"/gidMappings",parentData:e,parentDataProperty:"gidMappings",rootData:a})||(t=t===null?
k.errors:t.concat(k.errors),r=t.length);var i=o===r}else var i=!0}}}}}else return A.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return A.errors=
t,r===0}function f(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(!(typeof e==
"number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))return f.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"integer"},message:"must be integer"}],!1;if(r===0&&typeof e=="number"&&isFinite(
e)){if(e>18446744073709552e3||isNaN(e))return f.errors=[{instancePath:s,schemaPath:"#/maximum",keyword:"\
maximum",params:{comparison:"<=",limit:18446744073709552e3},message:"must be <= 18446744073709552000"}],
!1;if(e<0||isNaN(e))return f.errors=[{instancePath:s,schemaPath:"#/minimum",keyword:"minimum",params:{
comparison:">=",limit:0},message:"must be >= 0"}],!1}return f.errors=t,r===0}function Y(e,{instancePath:s="",
parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&
!Array.isArray(e)){let n;if(e.height===void 0&&(n="height")||e.width===void 0&&(n="width"))return Y.
errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{missingProperty:n},message:"\
must have required property '"+n+"'"}],!1;if(e.height!==void 0){const o=r;f(e.height,{instancePath:s+
"/height",parentData:e,parentDataProperty:"height",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=o===r}else var i=!0;if(i)if(e.width!==void 0){const o=r;f(e.width,{instancePath:s+
"/width",parentData:e,parentDataProperty:"width",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=o===r}else var i=!0}else return Y.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"object"},message:"must be object"}],!1;return Y.errors=t,r===0}function H(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.uid!==void 0){const o=r;d(e.uid,{instancePath:s+
"/uid",parentData:e,parentDataProperty:"uid",rootData:a})||(t=t===null?d.errors:t.concat(d.errors),r=
t.length);var i=o===r}else var i=!0;if(i){if(e.gid!==void 0){const o=r;d(e.gid,{instancePath:s+"/gid",
parentData:e,parentDataProperty:"gid",rootData:a})||(t=t===null?d.errors:t.concat(d.errors),r=t.length);
var i=o===r}else var i=!0;if(i){if(e.umask!==void 0){const o=r;d(e.umask,{instancePath:s+"/umask",parentData:e,
parentDataProperty:"umask",rootData:a})||(t=t===null?d.errors:t.concat(d.errors),r=t.length);var i=o===
r}else var i=!0;if(i){if(e.additionalGids!==void 0){let o=e.additionalGids;const p=r;if(r===p)if(Array.
isArray(o)){var n=!0;const l=o.length;for(let g=0;g<l;g++){const v=r;d(o[g],{instancePath:s+"/additi\
onalGids/"+g,parentData:o,parentDataProperty:g,rootData:a})||(t=t===null?d.errors:t.concat(d.errors),
r=t.length);var n=v===r;if(!n)break}}else return H.errors=[{instancePath:s+"/additionalGids",schemaPath:"\
#/properties/additionalGids/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;
var i=p===r}else var i=!0;if(i)if(e.username!==void 0){const o=r;if(typeof e.username!="string")return H.
errors=[{instancePath:s+"/username",schemaPath:"#/properties/username/type",keyword:"type",params:{type:"\
string"},message:"must be string"}],!1;var i=o===r}else var i=!0}}}}else return H.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return H.errors=
t,r===0}function oe(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;
if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.bounding!==void 0){const n=r;m(e.bounding,
{instancePath:s+"/bounding",parentData:e,parentDataProperty:"bounding",rootData:a})||(t=t===null?m.errors:
t.concat(m.errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.effective!==void 0){const n=r;m(
e.effective,{instancePath:s+"/effective",parentData:e,parentDataProperty:"effective",rootData:a})||(t=
t===null?m.errors:t.concat(m.errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.inheritable!==
void 0){const n=r;m(e.inheritable,{instancePath:s+"/inheritable",parentData:e,parentDataProperty:"in\
heritable",rootData:a})||(t=t===null?m.errors:t.concat(m.errors),r=t.length);var i=n===r}else var i=!0;
if(i){if(e.permitted!==void 0){const n=r;m(e.permitted,{instancePath:s+"/permitted",parentData:e,parentDataProperty:"\
permitted",rootData:a})||(t=t===null?m.errors:t.concat(m.errors),r=t.length);var i=n===r}else var i=!0;
if(i)if(e.ambient!==void 0){const n=r;m(e.ambient,{instancePath:s+"/ambient",parentData:e,parentDataProperty:"\
ambient",rootData:a})||(t=t===null?m.errors:t.concat(m.errors),r=t.length);var i=n===r}else var i=!0}}}}else
return oe.errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"\
must be object"}],!1;return oe.errors=t,r===0}function U(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.type===void 0&&(n="type")||e.hard===void 0&&
(n="hard")||e.soft===void 0&&(n="soft"))return U.errors=[{instancePath:s,schemaPath:"#/required",keyword:"\
required",params:{missingProperty:n},message:"must have required property '"+n+"'"}],!1;if(e.type!==
void 0){const o=r;if(typeof e.type!="string")return U.errors=[{instancePath:s+"/type",schemaPath:"#/\
properties/type/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=o===
r}else var i=!0;if(i){if(e.hard!==void 0){const o=r;f(e.hard,{instancePath:s+"/hard",parentData:e,parentDataProperty:"\
hard",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),r=t.length);var i=o===r}else var i=!0;if(i)
if(e.soft!==void 0){const o=r;f(e.soft,{instancePath:s+"/soft",parentData:e,parentDataProperty:"soft",
rootData:a})||(t=t===null?f.errors:t.concat(f.errors),r=t.length);var i=o===r}else var i=!0}}else return U.
errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be o\
bject"}],!1;return U.errors=t,r===0}function c(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(!(typeof e==
"number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))return c.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"integer"},message:"must be integer"}],!1;if(r===0&&typeof e=="number"&&isFinite(
e)){if(e>9223372036854776e3||isNaN(e))return c.errors=[{instancePath:s,schemaPath:"#/maximum",keyword:"\
maximum",params:{comparison:"<=",limit:9223372036854776e3},message:"must be <= 9223372036854776000"}],
!1;if(e<-9223372036854776e3||isNaN(e))return c.errors=[{instancePath:s,schemaPath:"#/minimum",keyword:"\
minimum",params:{comparison:">=",limit:-9223372036854776e3},message:"must be >= -9223372036854776000"}],
!1}return c.errors=t,r===0}function L(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(!(typeof e==
"number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))return L.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"integer"},message:"must be integer"}],!1;if(r===0&&typeof e=="number"&&isFinite(
e)){if(e>2147483647||isNaN(e))return L.errors=[{instancePath:s,schemaPath:"#/maximum",keyword:"maxim\
um",params:{comparison:"<=",limit:2147483647},message:"must be <= 2147483647"}],!1;if(e<-2147483648||
isNaN(e))return L.errors=[{instancePath:s,schemaPath:"#/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:-2147483648},message:"must be >= -2147483648"}],!1}return L.errors=t,r===0}function J(e,{instancePath:s="",
parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&
!Array.isArray(e)){if(e.policy!==void 0){const n=r;if(typeof e.policy!="string")return J.errors=[{instancePath:s+
"/policy",schemaPath:"#/properties/policy/type",keyword:"type",params:{type:"string"},message:"must \
be string"}],!1;var i=n===r}else var i=!0;if(i){if(e.nice!==void 0){const n=r;L(e.nice,{instancePath:s+
"/nice",parentData:e,parentDataProperty:"nice",rootData:a})||(t=t===null?L.errors:t.concat(L.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.priority!==void 0){const n=r;L(e.priority,{instancePath:s+
"/priority",parentData:e,parentDataProperty:"priority",rootData:a})||(t=t===null?L.errors:t.concat(L.
errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.flags!==void 0){const n=r;m(e.flags,{instancePath:s+
"/flags",parentData:e,parentDataProperty:"flags",rootData:a})||(t=t===null?m.errors:t.concat(m.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.runtime!==void 0){const n=r;f(e.runtime,{instancePath:s+
"/runtime",parentData:e,parentDataProperty:"runtime",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.deadline!==void 0){const n=r;f(e.deadline,{instancePath:s+
"/deadline",parentData:e,parentDataProperty:"deadline",rootData:a})||(t=t===null?f.errors:t.concat(f.
errors),r=t.length);var i=n===r}else var i=!0;if(i)if(e.period!==void 0){const n=r;f(e.period,{instancePath:s+
"/period",parentData:e,parentDataProperty:"period",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=n===r}else var i=!0}}}}}}else return J.errors=[{instancePath:s,schemaPath:"#/type",
keyword:"type",params:{type:"object"},message:"must be object"}],!1;return J.errors=t,r===0}function Z(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.class!==void 0){const n=r;if(typeof e.class!="st\
ring")return Z.errors=[{instancePath:s+"/class",schemaPath:"#/properties/class/type",keyword:"type",
params:{type:"string"},message:"must be string"}],!1;var i=n===r}else var i=!0;if(i)if(e.priority!==
void 0){const n=r;c(e.priority,{instancePath:s+"/priority",parentData:e,parentDataProperty:"priority",
rootData:a})||(t=t===null?c.errors:t.concat(c.errors),r=t.length);var i=n===r}else var i=!0}else return Z.
errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be o\
bject"}],!1;return Z.errors=t,r===0}function B(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.initial!==void 0){const n=r;if(typeof e.initial!=
"string")return B.errors=[{instancePath:s+"/initial",schemaPath:"#/properties/initial/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;var i=n===r}else var i=!0;if(i)if(e.final!==
void 0){const n=r;if(typeof e.final!="string")return B.errors=[{instancePath:s+"/final",schemaPath:"\
#/properties/final/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=n===
r}else var i=!0}else return B.errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"\
object"},message:"must be object"}],!1;return B.errors=t,r===0}function j(e,{instancePath:s="",parentData:y,
parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(
e)){if(e.terminal!==void 0){const o=r;if(typeof e.terminal!="boolean")return j.errors=[{instancePath:s+
"/terminal",schemaPath:"#/properties/terminal/type",keyword:"type",params:{type:"boolean"},message:"\
must be boolean"}],!1;var i=o===r}else var i=!0;if(i){if(e.consoleSize!==void 0){const o=r;Y(e.consoleSize,
{instancePath:s+"/consoleSize",parentData:e,parentDataProperty:"consoleSize",rootData:a})||(t=t===null?
Y.errors:t.concat(Y.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.cwd!==void 0){const o=r;
if(typeof e.cwd!="string")return j.errors=[{instancePath:s+"/cwd",schemaPath:"#/properties/cwd/type",
keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=o===r}else var i=!0;if(i){
if(e.env!==void 0){const o=r;m(e.env,{instancePath:s+"/env",parentData:e,parentDataProperty:"env",rootData:a})||
(t=t===null?m.errors:t.concat(m.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.args!==void 0){
const o=r;m(e.args,{instancePath:s+"/args",parentData:e,parentDataProperty:"args",rootData:a})||(t=t===
null?m.errors:t.concat(m.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.commandLine!==void 0){
const o=r;if(typeof e.commandLine!="string")return j.errors=[{instancePath:s+"/commandLine",schemaPath:"\
#/properties/commandLine/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=o===
r}else var i=!0;if(i){if(e.user!==void 0){const o=r;H(e.user,{instancePath:s+"/user",parentData:e,parentDataProperty:"\
user",rootData:a})||(t=t===null?H.errors:t.concat(H.errors),r=t.length);var i=o===r}else var i=!0;if(i){
if(e.capabilities!==void 0){const o=r;oe(e.capabilities,{instancePath:s+"/capabilities",parentData:e,
parentDataProperty:"capabilities",rootData:a})||(t=t===null?oe.errors:t.concat(oe.errors),r=t.length);
var i=o===r}else var i=!0;if(i){if(e.rlimits!==void 0){let o=e.rlimits;const p=r;if(r===p)if(Array.isArray(
o)){var n=!0;const l=o.length;for(let g=0;g<l;g++){const v=r;U(o[g],{instancePath:s+"/rlimits/"+g,parentData:o,
parentDataProperty:g,rootData:a})||(t=t===null?U.errors:t.concat(U.errors),r=t.length);var n=v===r;if(!n)
break}}else return j.errors=[{instancePath:s+"/rlimits",schemaPath:"#/properties/rlimits/type",keyword:"\
type",params:{type:"array"},message:"must be array"}],!1;var i=p===r}else var i=!0;if(i){if(e.noNewPrivileges!==
void 0){const o=r;if(typeof e.noNewPrivileges!="boolean")return j.errors=[{instancePath:s+"/noNewPri\
vileges",schemaPath:"#/properties/noNewPrivileges/type",keyword:"type",params:{type:"boolean"},message:"\
must be boolean"}],!1;var i=o===r}else var i=!0;if(i){if(e.apparmorProfile!==void 0){const o=r;if(typeof e.
apparmorProfile!="string")return j.errors=[{instancePath:s+"/apparmorProfile",schemaPath:"#/properti\
es/apparmorProfile/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=o===
r}else var i=!0;if(i){if(e.selinuxLabel!==void 0){const o=r;if(typeof e.selinuxLabel!="string")return j.
errors=[{instancePath:s+"/selinuxLabel",schemaPath:"#/properties/selinuxLabel/type",keyword:"type",params:{
type:"string"},message:"must be string"}],!1;var i=o===r}else var i=!0;if(i){if(e.oomScoreAdj!==void 0){
const o=r;c(e.oomScoreAdj,{instancePath:s+"/oomScoreAdj",parentData:e,parentDataProperty:"oomScoreAd\
j",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),r=t.length);var i=o===r}else var i=!0;if(i){
if(e.scheduler!==void 0){const o=r;J(e.scheduler,{instancePath:s+"/scheduler",parentData:e,parentDataProperty:"\
scheduler",rootData:a})||(t=t===null?J.errors:t.concat(J.errors),r=t.length);var i=o===r}else var i=!0;
if(i){if(e.ioPriority!==void 0){const o=r;Z(e.ioPriority,{instancePath:s+"/ioPriority",parentData:e,
parentDataProperty:"ioPriority",rootData:a})||(t=t===null?Z.errors:t.concat(Z.errors),r=t.length);var i=o===
r}else var i=!0;if(i)if(e.execCPUAffinity!==void 0){const o=r;B(e.execCPUAffinity,{instancePath:s+"/\
execCPUAffinity",parentData:e,parentDataProperty:"execCPUAffinity",rootData:a})||(t=t===null?B.errors:
t.concat(B.errors),r=t.length);var i=o===r}else var i=!0}}}}}}}}}}}}}}}else return j.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return j.errors=
t,r===0}function z(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.path===void 0&&(n="path"))return z.errors=
[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{missingProperty:n},message:"must\
 have required property '"+n+"'"}],!1;if(e.path!==void 0){const o=r;if(typeof e.path!="string")return z.
errors=[{instancePath:s+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type:"str\
ing"},message:"must be string"}],!1;var i=o===r}else var i=!0;if(i){if(e.args!==void 0){const o=r;m(
e.args,{instancePath:s+"/args",parentData:e,parentDataProperty:"args",rootData:a})||(t=t===null?m.errors:
t.concat(m.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.env!==void 0){const o=r;m(e.env,
{instancePath:s+"/env",parentData:e,parentDataProperty:"env",rootData:a})||(t=t===null?m.errors:t.concat(
m.errors),r=t.length);var i=o===r}else var i=!0;if(i)if(e.timeout!==void 0){const o=r;c(e.timeout,{instancePath:s+
"/timeout",parentData:e,parentDataProperty:"timeout",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),
r=t.length);var i=o===r}else var i=!0}}}else return z.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"object"},message:"must be object"}],!1;return z.errors=t,r===0}function P(e,{instancePath:s="",
parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===0)if(Array.isArray(e)){var i=!0;
const n=e.length;for(let o=0;o<n;o++){const p=r;z(e[o],{instancePath:s+"/"+o,parentData:e,parentDataProperty:o,
rootData:a})||(t=t===null?z.errors:t.concat(z.errors),r=t.length);var i=p===r;if(!i)break}}else return P.
errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"array"},message:"must be ar\
ray"}],!1;return P.errors=t,r===0}function ae(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.prestart!==
void 0){const n=r;P(e.prestart,{instancePath:s+"/prestart",parentData:e,parentDataProperty:"prestart",
rootData:a})||(t=t===null?P.errors:t.concat(P.errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.
createRuntime!==void 0){const n=r;P(e.createRuntime,{instancePath:s+"/createRuntime",parentData:e,parentDataProperty:"\
createRuntime",rootData:a})||(t=t===null?P.errors:t.concat(P.errors),r=t.length);var i=n===r}else var i=!0;
if(i){if(e.createContainer!==void 0){const n=r;P(e.createContainer,{instancePath:s+"/createContainer",
parentData:e,parentDataProperty:"createContainer",rootData:a})||(t=t===null?P.errors:t.concat(P.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.startContainer!==void 0){const n=r;P(e.startContainer,
{instancePath:s+"/startContainer",parentData:e,parentDataProperty:"startContainer",rootData:a})||(t=
t===null?P.errors:t.concat(P.errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.poststart!==void 0){
const n=r;P(e.poststart,{instancePath:s+"/poststart",parentData:e,parentDataProperty:"poststart",rootData:a})||
(t=t===null?P.errors:t.concat(P.errors),r=t.length);var i=n===r}else var i=!0;if(i)if(e.poststop!==void 0){
const n=r;P(e.poststop,{instancePath:s+"/poststop",parentData:e,parentDataProperty:"poststop",rootData:a})||
(t=t===null?P.errors:t.concat(P.errors),r=t.length);var i=n===r}else var i=!0}}}}}else return ae.errors=
[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],
!1;return ae.errors=t,r===0}function M(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e))for(const n in e){const o=r;if(typeof e[n]!="string")return M.
errors=[{instancePath:s+"/"+n.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/additionalPropert\
ies/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=o===r;if(!i)break}else
return M.errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"\
must be object"}],!1;return M.errors=t,r===0}const de={title:"Namespace",description:"One namespace (config-linux.md, Namespaces).",type:"object",
required:["type"],properties:{type:{description:"Which kind of namespace.",enum:["pid","network","mo\
unt","ipc","uts","user","cgroup","time"]},path:{description:"A namespace to join; without it, or emp\
ty, a new one is made.",type:"string"}}};function R(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.type===
void 0&&(n="type"))return R.errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{
missingProperty:n},message:"must have required property '"+n+"'"}],!1;if(e.type!==void 0){let o=e.type;
const p=r;if(!(o==="pid"||o==="network"||o==="mount"||o==="ipc"||o==="uts"||o==="user"||o==="cgroup"||
o==="time"))return R.errors=[{instancePath:s+"/type",schemaPath:"#/properties/type/enum",keyword:"en\
um",params:{allowedValues:de.properties.type.enum},message:"must be equal to one of the allowed valu\
es"}],!1;var i=p===r}else var i=!0;if(i)if(e.path!==void 0){const o=r;if(typeof e.path!="string")return R.
errors=[{instancePath:s+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type:"str\
ing"},message:"must be string"}],!1;var i=o===r}else var i=!0}else return R.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return R.errors=
t,r===0}function pe(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;
if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.secs!==void 0){const n=r;c(e.secs,{instancePath:s+
"/secs",parentData:e,parentDataProperty:"secs",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),
r=t.length);var i=n===r}else var i=!0;if(i)if(e.nanosecs!==void 0){const n=r;d(e.nanosecs,{instancePath:s+
"/nanosecs",parentData:e,parentDataProperty:"nanosecs",rootData:a})||(t=t===null?d.errors:t.concat(d.
errors),r=t.length);var i=n===r}else var i=!0}else return pe.errors=[{instancePath:s,schemaPath:"#/t\
ype",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return pe.errors=t,r===0}function I(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.path===void 0&&(n="path")||e.type===void 0&&
(n="type"))return I.errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{missingProperty:n},
message:"must have required property '"+n+"'"}],!1;if(e.path!==void 0){let o=e.path;const p=r;if(r===
p)if(typeof o=="string"){if(!fe.test(o))return I.errors=[{instancePath:s+"/path",schemaPath:"#/prope\
rties/path/pattern",keyword:"pattern",params:{pattern:"^[^\\u0000]+$"},message:'must match pattern "\
^[^\\u0000]+$"'}],!1}else return I.errors=[{instancePath:s+"/path",schemaPath:"#/properties/path/typ\
e",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=p===r}else var i=!0;if(i){
if(e.type!==void 0){const o=r;if(typeof e.type!="string")return I.errors=[{instancePath:s+"/type",schemaPath:"\
#/properties/type/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=o===
r}else var i=!0;if(i){if(e.major!==void 0){const o=r;c(e.major,{instancePath:s+"/major",parentData:e,
parentDataProperty:"major",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),r=t.length);var i=o===
r}else var i=!0;if(i){if(e.minor!==void 0){const o=r;c(e.minor,{instancePath:s+"/minor",parentData:e,
parentDataProperty:"minor",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),r=t.length);var i=o===
r}else var i=!0;if(i){if(e.fileMode!==void 0){const o=r;d(e.fileMode,{instancePath:s+"/fileMode",parentData:e,
parentDataProperty:"fileMode",rootData:a})||(t=t===null?d.errors:t.concat(d.errors),r=t.length);var i=o===
r}else var i=!0;if(i){if(e.uid!==void 0){const o=r;d(e.uid,{instancePath:s+"/uid",parentData:e,parentDataProperty:"\
uid",rootData:a})||(t=t===null?d.errors:t.concat(d.errors),r=t.length);var i=o===r}else var i=!0;if(i)
if(e.gid!==void 0){const o=r;d(e.gid,{instancePath:s+"/gid",parentData:e,parentDataProperty:"gid",rootData:a})||
(t=t===null?d.errors:t.concat(d.errors),r=t.length);var i=o===r}else var i=!0}}}}}}else return I.errors=
[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],
!1;return I.errors=t,r===0}function ee(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;
if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.name!==void 0&&typeof e.name!="string")return ee.
errors=[{instancePath:s+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type:"str\
ing"},message:"must be string"}],!1}else return ee.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"object"},message:"must be object"}],!1;return ee.errors=t,r===0}function T(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.allow===void 0&&(n="allow"))return T.errors=
[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{missingProperty:n},message:"must\
 have required property '"+n+"'"}],!1;if(e.allow!==void 0){const o=r;if(typeof e.allow!="boolean")return T.
errors=[{instancePath:s+"/allow",schemaPath:"#/properties/allow/type",keyword:"type",params:{type:"b\
oolean"},message:"must be boolean"}],!1;var i=o===r}else var i=!0;if(i){if(e.type!==void 0){const o=r;
if(typeof e.type!="string")return T.errors=[{instancePath:s+"/type",schemaPath:"#/properties/type/ty\
pe",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=o===r}else var i=!0;if(i){
if(e.major!==void 0){const o=r;c(e.major,{instancePath:s+"/major",parentData:e,parentDataProperty:"m\
ajor",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),r=t.length);var i=o===r}else var i=!0;if(i){
if(e.minor!==void 0){const o=r;c(e.minor,{instancePath:s+"/minor",parentData:e,parentDataProperty:"m\
inor",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),r=t.length);var i=o===r}else var i=!0;if(i)
if(e.access!==void 0){const o=r;if(typeof e.access!="string")return T.errors=[{instancePath:s+"/acce\
ss",schemaPath:"#/properties/access/type",keyword:"type",params:{type:"string"},message:"must be str\
ing"}],!1;var i=o===r}else var i=!0}}}}else return T.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"object"},message:"must be object"}],!1;return T.errors=t,r===0}function O(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.limit!==void 0){const n=r;c(e.limit,{instancePath:s+
"/limit",parentData:e,parentDataProperty:"limit",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.reservation!==void 0){const n=r;c(e.reservation,{instancePath:s+
"/reservation",parentData:e,parentDataProperty:"reservation",rootData:a})||(t=t===null?c.errors:t.concat(
c.errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.swap!==void 0){const n=r;c(e.swap,{instancePath:s+
"/swap",parentData:e,parentDataProperty:"swap",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.kernel!==void 0){const n=r;c(e.kernel,{instancePath:s+
"/kernel",parentData:e,parentDataProperty:"kernel",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.kernelTCP!==void 0){const n=r;c(e.kernelTCP,{instancePath:s+
"/kernelTCP",parentData:e,parentDataProperty:"kernelTCP",rootData:a})||(t=t===null?c.errors:t.concat(
c.errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.swappiness!==void 0){const n=r;f(e.swappiness,
{instancePath:s+"/swappiness",parentData:e,parentDataProperty:"swappiness",rootData:a})||(t=t===null?
f.errors:t.concat(f.errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.disableOOMKiller!==void 0){
const n=r;if(typeof e.disableOOMKiller!="boolean")return O.errors=[{instancePath:s+"/disableOOMKille\
r",schemaPath:"#/properties/disableOOMKiller/type",keyword:"type",params:{type:"boolean"},message:"m\
ust be boolean"}],!1;var i=n===r}else var i=!0;if(i){if(e.useHierarchy!==void 0){const n=r;if(typeof e.
useHierarchy!="boolean")return O.errors=[{instancePath:s+"/useHierarchy",schemaPath:"#/properties/us\
eHierarchy/type",keyword:"type",params:{type:"boolean"},message:"must be boolean"}],!1;var i=n===r}else
var i=!0;if(i)if(e.checkBeforeUpdate!==void 0){const n=r;if(typeof e.checkBeforeUpdate!="boolean")return O.
errors=[{instancePath:s+"/checkBeforeUpdate",schemaPath:"#/properties/checkBeforeUpdate/type",keyword:"\
type",params:{type:"boolean"},message:"must be boolean"}],!1;var i=n===r}else var i=!0}}}}}}}}else return O.
errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be o\
bject"}],!1;return O.errors=t,r===0}function F(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.shares!==void 0){const n=r;f(e.shares,{instancePath:s+
"/shares",parentData:e,parentDataProperty:"shares",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.quota!==void 0){const n=r;c(e.quota,{instancePath:s+
"/quota",parentData:e,parentDataProperty:"quota",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.burst!==void 0){const n=r;f(e.burst,{instancePath:s+
"/burst",parentData:e,parentDataProperty:"burst",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.period!==void 0){const n=r;f(e.period,{instancePath:s+
"/period",parentData:e,parentDataProperty:"period",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=n===r}else var i=!0;if(i){if(e.realtimeRuntime!==void 0){const n=r;c(e.realtimeRuntime,
{instancePath:s+"/realtimeRuntime",parentData:e,parentDataProperty:"realtimeRuntime",rootData:a})||(t=
t===null?c.errors:t.concat(c.errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.realtimePeriod!==
void 0){const n=r;f(e.realtimePeriod,{instancePath:s+"/realtimePeriod",parentData:e,parentDataProperty:"\
realtimePeriod",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),r=t.length);var i=n===r}else var i=!0;
if(i){if(e.cpus!==void 0){const n=r;if(typeof e.cpus!="string")return F.errors=[{instancePath:s+"/cp\
us",schemaPath:"#/properties/cpus/type",keyword:"type",params:{type:"string"},message:"must be strin\
g"}],!1;var i=n===r}else var i=!0;if(i){if(e.mems!==void 0){const n=r;if(typeof e.mems!="string")return F.
errors=[{instancePath:s+"/mems",schemaPath:"#/properties/mems/type",keyword:"type",params:{type:"str\
ing"},message:"must be string"}],!1;var i=n===r}else var i=!0;if(i)if(e.idle!==void 0){const n=r;c(e.
idle,{instancePath:s+"/idle",parentData:e,parentDataProperty:"idle",rootData:a})||(t=t===null?c.errors:
t.concat(c.errors),r=t.length);var i=n===r}else var i=!0}}}}}}}}else return F.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return F.errors=
t,r===0}function ce(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;
if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e))e.limit!==void 0&&(c(e.limit,{instancePath:s+"/\
limit",parentData:e,parentDataProperty:"limit",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),
r=t.length));else return ce.errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"\
object"},message:"must be object"}],!1;return ce.errors=t,r===0}function D(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(!(typeof e==
"number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))return D.errors=[{instancePath:s,schemaPath:"#/type",keyword:"\
type",params:{type:"integer"},message:"must be integer"}],!1;if(r===0&&typeof e=="number"&&isFinite(
e)){if(e>65535||isNaN(e))return D.errors=[{instancePath:s,schemaPath:"#/maximum",keyword:"maximum",params:{
comparison:"<=",limit:65535},message:"must be <= 65535"}],!1;if(e<0||isNaN(e))return D.errors=[{instancePath:s,
schemaPath:"#/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"}],!1}
return D.errors=t,r===0}function re(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;
if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.major===void 0&&(n="major")||e.minor===
void 0&&(n="minor"))return re.errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{
missingProperty:n},message:"must have required property '"+n+"'"}],!1;if(e.major!==void 0){const o=r;
c(e.major,{instancePath:s+"/major",parentData:e,parentDataProperty:"major",rootData:a})||(t=t===null?
c.errors:t.concat(c.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.minor!==void 0){const o=r;
c(e.minor,{instancePath:s+"/minor",parentData:e,parentDataProperty:"minor",rootData:a})||(t=t===null?
c.errors:t.concat(c.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.weight!==void 0){const o=r;
D(e.weight,{instancePath:s+"/weight",parentData:e,parentDataProperty:"weight",rootData:a})||(t=t===null?
D.errors:t.concat(D.errors),r=t.length);var i=o===r}else var i=!0;if(i)if(e.leafWeight!==void 0){const o=r;
D(e.leafWeight,{instancePath:s+"/leafWeight",parentData:e,parentDataProperty:"leafWeight",rootData:a})||
(t=t===null?D.errors:t.concat(D.errors),r=t.length);var i=o===r}else var i=!0}}}else return re.errors=
[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],
!1;return re.errors=t,r===0}function te(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;
if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.major===void 0&&(n="major")||e.minor===
void 0&&(n="minor")||e.rate===void 0&&(n="rate"))return te.errors=[{instancePath:s,schemaPath:"#/req\
uired",keyword:"required",params:{missingProperty:n},message:"must have required property '"+n+"'"}],
!1;if(e.major!==void 0){const o=r;c(e.major,{instancePath:s+"/major",parentData:e,parentDataProperty:"\
major",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),r=t.length);var i=o===r}else var i=!0;if(i){
if(e.minor!==void 0){const o=r;c(e.minor,{instancePath:s+"/minor",parentData:e,parentDataProperty:"m\
inor",rootData:a})||(t=t===null?c.errors:t.concat(c.errors),r=t.length);var i=o===r}else var i=!0;if(i)
if(e.rate!==void 0){const o=r;f(e.rate,{instancePath:s+"/rate",parentData:e,parentDataProperty:"rate",
rootData:a})||(t=t===null?f.errors:t.concat(f.errors),r=t.length);var i=o===r}else var i=!0}}else return te.
errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be o\
bject"}],!1;return te.errors=t,r===0}function w(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;if(r===0)if(Array.isArray(e)){var i=!0;const n=e.length;for(let o=0;o<
n;o++){const p=r;te(e[o],{instancePath:s+"/"+o,parentData:e,parentDataProperty:o,rootData:a})||(t=t===
null?te.errors:t.concat(te.errors),r=t.length);var i=p===r;if(!i)break}}else return w.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;return w.errors=
t,r===0}function ie(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,
r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.weight!==void 0){const o=r;D(e.weight,
{instancePath:s+"/weight",parentData:e,parentDataProperty:"weight",rootData:a})||(t=t===null?D.errors:
t.concat(D.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.leafWeight!==void 0){const o=r;D(
e.leafWeight,{instancePath:s+"/leafWeight",parentData:e,parentDataProperty:"leafWeight",rootData:a})||
(t=t===null?D.errors:t.concat(D.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.weightDevice!==
void 0){let o=e.weightDevice;const p=r;if(r===p)if(Array.isArray(o)){var n=!0;const l=o.length;for(let g=0;g<
l;g++){const v=r;re(o[g],{instancePath:s+"/weightDevice/"+g,parentData:o,parentDataProperty:g,rootData:a})||
(t=t===null?re.errors:t.concat(re.errors),r=t.length);var n=v===r;if(!n)break}}else return ie.errors=
[{instancePath:s+"/weightDevice",schemaPath:"#/properties/weightDevice/type",keyword:"type",params:{
type:"array"},message:"must be array"}],!1;var i=p===r}else var i=!0;if(i){if(e.throttleReadBpsDevice!==
void 0){const o=r;w(e.throttleReadBpsDevice,{instancePath:s+"/throttleReadBpsDevice",parentData:e,parentDataProperty:"\
throttleReadBpsDevice",rootData:a})||(t=t===null?w.errors:t.concat(w.errors),r=t.length);var i=o===r}else
var i=!0;if(i){if(e.throttleWriteBpsDevice!==void 0){const o=r;w(e.throttleWriteBpsDevice,{instancePath:s+
"/throttleWriteBpsDevice",parentData:e,parentDataProperty:"throttleWriteBpsDevice",rootData:a})||(t=
t===null?w.errors:t.concat(w.errors),r=t.length);var i=o===r}else var i=!0;if(i){if(e.throttleReadIOPSDevice!==
void 0){const o=r;w(e.throttleReadIOPSDevice,{instancePath:s+"/throttleReadIOPSDevice",parentData:e,
parentDataProperty:"throttleReadIOPSDevice",rootData:a})||(t=t===null?w.errors:t.concat(w.errors),r=
t.length);var i=o===r}else var i=!0;if(i)if(e.throttleWriteIOPSDevice!==void 0){const o=r;w(e.throttleWriteIOPSDevice,
{instancePath:s+"/throttleWriteIOPSDevice",parentData:e,parentDataProperty:"throttleWriteIOPSDevice",
rootData:a})||(t=t===null?w.errors:t.concat(w.errors),r=t.length);var i=o===r}else var i=!0}}}}}}else
return ie.errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"\
must be object"}],!1;return ie.errors=t,r===0}const ye=new RegExp("^[1-9][0-9]*[KMG]B$","u");function W(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.pageSize===
void 0&&(n="pageSize")||e.limit===void 0&&(n="limit"))return W.errors=[{instancePath:s,schemaPath:"#\
/required",keyword:"required",params:{missingProperty:n},message:"must have required property '"+n+"\
'"}],!1;if(e.pageSize!==void 0){let o=e.pageSize;const p=r;if(r===p)if(typeof o=="string"){if(!ye.test(
o))return W.errors=[{instancePath:s+"/pageSize",schemaPath:"#/properties/pageSize/pattern",keyword:"\
pattern",params:{pattern:"^[1-9][0-9]*[KMG]B$"},message:'must match pattern "^[1-9][0-9]*[KMG]B$"'}],
!1}else return W.errors=[{instancePath:s+"/pageSize",schemaPath:"#/properties/pageSize/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;var i=p===r}else var i=!0;if(i)if(e.limit!==
void 0){const o=r;f(e.limit,{instancePath:s+"/limit",parentData:e,parentDataProperty:"limit",rootData:a})||
(t=t===null?f.errors:t.concat(f.errors),r=t.length);var i=o===r}else var i=!0}else return W.errors=[
{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],
!1;return W.errors=t,r===0}function G(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){let n;if(e.name===void 0&&(n="name")||e.priority===void 0&&
(n="priority"))return G.errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{missingProperty:n},
message:"must have required property '"+n+"'"}],!1;if(e.name!==void 0){const o=r;if(typeof e.name!="\
string")return G.errors=[{instancePath:s+"/name",schemaPath:"#/properties/name/type",keyword:"type",
params:{type:"string"},message:"must be string"}],!1;var i=o===r}else var i=!0;if(i)if(e.priority!==
void 0){const o=r;d(e.priority,{instancePath:s+"/priority",parentData:e,parentDataProperty:"priority",
rootData:a})||(t=t===null?d.errors:t.concat(d.errors),r=t.length);var i=o===r}else var i=!0}else return G.
errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be o\
bject"}],!1;return G.errors=t,r===0}function se(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.classID!==
void 0){const o=r;d(e.classID,{instancePath:s+"/classID",parentData:e,parentDataProperty:"classID",rootData:a})||
(t=t===null?d.errors:t.concat(d.errors),r=t.length);var i=o===r}else var i=!0;if(i)if(e.priorities!==
void 0){let o=e.priorities;const p=r;if(r===p)if(Array.isArray(o)){var n=!0;const l=o.length;for(let g=0;g<
l;g++){const v=r;G(o[g],{instancePath:s+"/priorities/"+g,parentData:o,parentDataProperty:g,rootData:a})||
(t=t===null?G.errors:t.concat(G.errors),r=t.length);var n=v===r;if(!n)break}}else return se.errors=[
{instancePath:s+"/priorities",schemaPath:"#/properties/priorities/type",keyword:"type",params:{type:"\
array"},message:"must be array"}],!1;var i=p===r}else var i=!0}else return se.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return se.errors=
t,r===0}function le(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;
if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.hcaHandles!==void 0){const n=r;d(e.hcaHandles,
{instancePath:s+"/hcaHandles",parentData:e,parentDataProperty:"hcaHandles",rootData:a})||(t=t===null?
d.errors:t.concat(d.errors),r=t.length);var i=n===r}else var i=!0;if(i)if(e.hcaObjects!==void 0){const n=r;
d(e.hcaObjects,{instancePath:s+"/hcaObjects",parentData:e,parentDataProperty:"hcaObjects",rootData:a})||
(t=t===null?d.errors:t.concat(d.errors),r=t.length);var i=n===r}else var i=!0}else return le.errors=
[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],
!1;return le.errors=t,r===0}function N(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){
let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.devices!==void 0){let u=e.
devices;const l=r;if(r===l)if(Array.isArray(u)){var i=!0;const g=u.length;for(let v=0;v<g;v++){const b=r;
T(u[v],{instancePath:s+"/devices/"+v,parentData:u,parentDataProperty:v,rootData:a})||(t=t===null?T.errors:
t.concat(T.errors),r=t.length);var i=b===r;if(!i)break}}else return N.errors=[{instancePath:s+"/devi\
ces",schemaPath:"#/properties/devices/type",keyword:"type",params:{type:"array"},message:"must be ar\
ray"}],!1;var n=l===r}else var n=!0;if(n){if(e.memory!==void 0){const u=r;O(e.memory,{instancePath:s+
"/memory",parentData:e,parentDataProperty:"memory",rootData:a})||(t=t===null?O.errors:t.concat(O.errors),
r=t.length);var n=u===r}else var n=!0;if(n){if(e.cpu!==void 0){const u=r;F(e.cpu,{instancePath:s+"/c\
pu",parentData:e,parentDataProperty:"cpu",rootData:a})||(t=t===null?F.errors:t.concat(F.errors),r=t.
length);var n=u===r}else var n=!0;if(n){if(e.pids!==void 0){const u=r;ce(e.pids,{instancePath:s+"/pi\
ds",parentData:e,parentDataProperty:"pids",rootData:a})||(t=t===null?ce.errors:t.concat(ce.errors),r=
t.length);var n=u===r}else var n=!0;if(n){if(e.blockIO!==void 0){const u=r;ie(e.blockIO,{instancePath:s+
"/blockIO",parentData:e,parentDataProperty:"blockIO",rootData:a})||(t=t===null?ie.errors:t.concat(ie.
errors),r=t.length);var n=u===r}else var n=!0;if(n){if(e.hugepageLimits!==void 0){let u=e.hugepageLimits;
const l=r;if(r===l)if(Array.isArray(u)){var o=!0;const v=u.length;for(let b=0;b<v;b++){const $=r;W(u[b],
{instancePath:s+"/hugepageLimits/"+b,parentData:u,parentDataProperty:b,rootData:a})||(t=t===null?W.errors:
t.concat(W.errors),r=t.length);var o=$===r;if(!o)break}}else return N.errors=[{instancePath:s+"/huge\
pageLimits",schemaPath:"#/properties/hugepageLimits/type",keyword:"type",params:{type:"array"},message:"\
must be array"}],!1;var n=l===r}else var n=!0;if(n){if(e.network!==void 0){const u=r;se(e.network,{instancePath:s+
"/network",parentData:e,parentDataProperty:"network",rootData:a})||(t=t===null?se.errors:t.concat(se.
errors),r=t.length);var n=u===r}else var n=!0;if(n){if(e.rdma!==void 0){let u=e.rdma;const l=r;if(r===
l)if(u&&typeof u=="object"&&!Array.isArray(u))for(const v in u){const b=r;le(u[v],{instancePath:s+"/\
rdma/"+v.replace(/~/g,"~0").replace(/\//g,"~1"),parentData:u,parentDataProperty:v,rootData:a})||(t=t===
null?le.errors:t.concat(le.errors),r=t.length);var p=b===r;if(!p)break}else return N.errors=[{instancePath:s+
"/rdma",schemaPath:"#/properties/rdma/type",keyword:"type",params:{type:"object"},message:"must be o\
bject"}],!1;var n=l===r}else var n=!0;if(n)if(e.unified!==void 0){const u=r;M(e.unified,{instancePath:s+
"/unified",parentData:e,parentDataProperty:"unified",rootData:a})||(t=t===null?M.errors:t.concat(M.errors),
r=t.length);var n=u===r}else var n=!0}}}}}}}}else return N.errors=[{instancePath:s,schemaPath:"#/typ\
e",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return N.errors=t,r===0}function S(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.closID!==void 0){const n=r;if(typeof e.closID!="\
string")return S.errors=[{instancePath:s+"/closID",schemaPath:"#/properties/closID/type",keyword:"ty\
pe",params:{type:"string"},message:"must be string"}],!1;var i=n===r}else var i=!0;if(i){if(e.schemata!==
void 0){const n=r;m(e.schemata,{instancePath:s+"/schemata",parentData:e,parentDataProperty:"schemata",
rootData:a})||(t=t===null?m.errors:t.concat(m.errors),r=t.length);var i=n===r}else var i=!0;if(i){if(e.
l3CacheSchema!==void 0){const n=r;if(typeof e.l3CacheSchema!="string")return S.errors=[{instancePath:s+
"/l3CacheSchema",schemaPath:"#/properties/l3CacheSchema/type",keyword:"type",params:{type:"string"},
message:"must be string"}],!1;var i=n===r}else var i=!0;if(i){if(e.memBwSchema!==void 0){const n=r;if(typeof e.
memBwSchema!="string")return S.errors=[{instancePath:s+"/memBwSchema",schemaPath:"#/properties/memBw\
Schema/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=n===r}else var i=!0;
if(i){if(e.enableCMT!==void 0){const n=r;if(typeof e.enableCMT!="boolean")return S.errors=[{instancePath:s+
"/enableCMT",schemaPath:"#/properties/enableCMT/type",keyword:"type",params:{type:"boolean"},message:"\
must be boolean"}],!1;var i=n===r}else var i=!0;if(i){if(e.enableMBM!==void 0){const n=r;if(typeof e.
enableMBM!="boolean")return S.errors=[{instancePath:s+"/enableMBM",schemaPath:"#/properties/enableMB\
M/type",keyword:"type",params:{type:"boolean"},message:"must be boolean"}],!1;var i=n===r}else var i=!0;
if(i)if(e.enableMonitoring!==void 0){const n=r;if(typeof e.enableMonitoring!="boolean")return S.errors=
[{instancePath:s+"/enableMonitoring",schemaPath:"#/properties/enableMonitoring/type",keyword:"type",
params:{type:"boolean"},message:"must be boolean"}],!1;var i=n===r}else var i=!0}}}}}}else return S.
errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be o\
bject"}],!1;return S.errors=t,r===0}function K(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.mode!==void 0){const n=r;if(typeof e.mode!="stri\
ng")return K.errors=[{instancePath:s+"/mode",schemaPath:"#/properties/mode/type",keyword:"type",params:{
type:"string"},message:"must be string"}],!1;var i=n===r}else var i=!0;if(i){if(e.nodes!==void 0){const n=r;
if(typeof e.nodes!="string")return K.errors=[{instancePath:s+"/nodes",schemaPath:"#/properties/nodes\
/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=n===r}else var i=!0;
if(i)if(e.flags!==void 0){const n=r;m(e.flags,{instancePath:s+"/flags",parentData:e,parentDataProperty:"\
flags",rootData:a})||(t=t===null?m.errors:t.concat(m.errors),r=t.length);var i=n===r}else var i=!0}}else
return K.errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"\
must be object"}],!1;return K.errors=t,r===0}const he={description:"What a seccomp filter does with a system call.",enum:["SCMP_ACT_ALLOW","SCMP_\
ACT_ERRNO","SCMP_ACT_KILL","SCMP_ACT_KILL_PROCESS","SCMP_ACT_KILL_THREAD","SCMP_ACT_LOG","SCMP_ACT_N\
OTIFY","SCMP_ACT_TRACE","SCMP_ACT_TRAP"]};function q(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;return e==="SCMP_ACT_ALLOW"||e==="SCMP_ACT_ERRNO"||e==="SCMP_ACT_KI\
LL"||e==="SCMP_ACT_KILL_PROCESS"||e==="SCMP_ACT_KILL_THREAD"||e==="SCMP_ACT_LOG"||e==="SCMP_ACT_NOTI\
FY"||e==="SCMP_ACT_TRACE"||e==="SCMP_ACT_TRAP"?(q.errors=t,r===0):(q.errors=[{instancePath:s,schemaPath:"\
#/enum",keyword:"enum",params:{allowedValues:he.enum},message:"must be equal to one of the allowed v\
alues"}],!1)}const ge={title:"SyscallArgument",description:"A condition on one argument of a system call.",type:"\
object",required:["index","value","op"],properties:{index:{description:"Which argument, from 0.",$ref:"\
#/definitions/uint64"},value:{description:"What it is compared with, or the mask of SCMP_CMP_MASKED_\
EQ.",$ref:"#/definitions/uint64"},valueTwo:{description:"What it is compared with under that mask.",
$ref:"#/definitions/uint64"},op:{description:"How it is compared.",enum:["SCMP_CMP_NE","SCMP_CMP_LT",
"SCMP_CMP_LE","SCMP_CMP_EQ","SCMP_CMP_GE","SCMP_CMP_GT","SCMP_CMP_MASKED_EQ"]}}};function V(e,{instancePath:s="",
parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&
!Array.isArray(e)){let n;if(e.index===void 0&&(n="index")||e.value===void 0&&(n="value")||e.op===void 0&&
(n="op"))return V.errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{missingProperty:n},
message:"must have required property '"+n+"'"}],!1;if(e.index!==void 0){const o=r;f(e.index,{instancePath:s+
"/index",parentData:e,parentDataProperty:"index",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=o===r}else var i=!0;if(i){if(e.value!==void 0){const o=r;f(e.value,{instancePath:s+
"/value",parentData:e,parentDataProperty:"value",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=o===r}else var i=!0;if(i){if(e.valueTwo!==void 0){const o=r;f(e.valueTwo,{instancePath:s+
"/valueTwo",parentData:e,parentDataProperty:"valueTwo",rootData:a})||(t=t===null?f.errors:t.concat(f.
errors),r=t.length);var i=o===r}else var i=!0;if(i)if(e.op!==void 0){let o=e.op;const p=r;if(!(o==="\
SCMP_CMP_NE"||o==="SCMP_CMP_LT"||o==="SCMP_CMP_LE"||o==="SCMP_CMP_EQ"||o==="SCMP_CMP_GE"||o==="SCMP_\
CMP_GT"||o==="SCMP_CMP_MASKED_EQ"))return V.errors=[{instancePath:s+"/op",schemaPath:"#/properties/o\
p/enum",keyword:"enum",params:{allowedValues:ge.properties.op.enum},message:"must be equal to one of\
 the allowed values"}],!1;var i=p===r}else var i=!0}}}else return V.errors=[{instancePath:s,schemaPath:"\
#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return V.errors=t,r===0}
function X(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;if(r===
0)if(e&&typeof e=="object"&&!Array.isArray(e)){let o;if(e.names===void 0&&(o="names")||e.action===void 0&&
(o="action"))return X.errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{missingProperty:o},
message:"must have required property '"+o+"'"}],!1;if(e.names!==void 0){const p=r;m(e.names,{instancePath:s+
"/names",parentData:e,parentDataProperty:"names",rootData:a})||(t=t===null?m.errors:t.concat(m.errors),
r=t.length);var i=p===r}else var i=!0;if(i){if(e.action!==void 0){const p=r;q(e.action,{instancePath:s+
"/action",parentData:e,parentDataProperty:"action",rootData:a})||(t=t===null?q.errors:t.concat(q.errors),
r=t.length);var i=p===r}else var i=!0;if(i){if(e.errnoRet!==void 0){const p=r;f(e.errnoRet,{instancePath:s+
"/errnoRet",parentData:e,parentDataProperty:"errnoRet",rootData:a})||(t=t===null?f.errors:t.concat(f.
errors),r=t.length);var i=p===r}else var i=!0;if(i)if(e.args!==void 0){let p=e.args;const u=r;if(r===
u)if(Array.isArray(p)){var n=!0;const g=p.length;for(let v=0;v<g;v++){const b=r;V(p[v],{instancePath:s+
"/args/"+v,parentData:p,parentDataProperty:v,rootData:a})||(t=t===null?V.errors:t.concat(V.errors),r=
t.length);var n=b===r;if(!n)break}}else return X.errors=[{instancePath:s+"/args",schemaPath:"#/prope\
rties/args/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;var i=u===r}else var i=!0}}}else
return X.errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"\
must be object"}],!1;return X.errors=t,r===0}function E(e,{instancePath:s="",parentData:y,parentDataProperty:h,
rootData:a=e}={}){let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){let o;if(e.defaultAction===
void 0&&(o="defaultAction"))return E.errors=[{instancePath:s,schemaPath:"#/required",keyword:"requir\
ed",params:{missingProperty:o},message:"must have required property '"+o+"'"}],!1;if(e.defaultAction!==
void 0){const p=r;q(e.defaultAction,{instancePath:s+"/defaultAction",parentData:e,parentDataProperty:"\
defaultAction",rootData:a})||(t=t===null?q.errors:t.concat(q.errors),r=t.length);var i=p===r}else var i=!0;
if(i){if(e.defaultErrnoRet!==void 0){const p=r;f(e.defaultErrnoRet,{instancePath:s+"/defaultErrnoRet",
parentData:e,parentDataProperty:"defaultErrnoRet",rootData:a})||(t=t===null?f.errors:t.concat(f.errors),
r=t.length);var i=p===r}else var i=!0;if(i){if(e.architectures!==void 0){const p=r;m(e.architectures,
{instancePath:s+"/architectures",parentData:e,parentDataProperty:"architectures",rootData:a})||(t=t===
null?m.errors:t.concat(m.errors),r=t.length);var i=p===r}else var i=!0;if(i){if(e.flags!==void 0){const p=r;
m(e.flags,{instancePath:s+"/flags",parentData:e,parentDataProperty:"flags",rootData:a})||(t=t===null?
m.errors:t.concat(m.errors),r=t.length);var i=p===r}else var i=!0;if(i){if(e.listenerPath!==void 0){
const p=r;if(typeof e.listenerPath!="string")return E.errors=[{instancePath:s+"/listenerPath",schemaPath:"\
#/properties/listenerPath/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;
var i=p===r}else var i=!0;if(i){if(e.listenerMetadata!==void 0){const p=r;if(typeof e.listenerMetadata!=
"string")return E.errors=[{instancePath:s+"/listenerMetadata",schemaPath:"#/properties/listenerMetad\
ata/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=p===r}else var i=!0;
if(i)if(e.syscalls!==void 0){let p=e.syscalls;const u=r;if(r===u)if(Array.isArray(p)){var n=!0;const g=p.
length;for(let v=0;v<g;v++){const b=r;X(p[v],{instancePath:s+"/syscalls/"+v,parentData:p,parentDataProperty:v,
rootData:a})||(t=t===null?X.errors:t.concat(X.errors),r=t.length);var n=b===r;if(!n)break}}else return E.
errors=[{instancePath:s+"/syscalls",schemaPath:"#/properties/syscalls/type",keyword:"type",params:{type:"\
array"},message:"must be array"}],!1;var i=u===r}else var i=!0}}}}}}else return E.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;return E.errors=
t,r===0}function ne(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){let t=null,r=0;
if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.domain!==void 0){const n=r;if(typeof e.domain!=
"string")return ne.errors=[{instancePath:s+"/domain",schemaPath:"#/properties/domain/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;var i=n===r}else var i=!0;if(i)if(e.flags!==
void 0){const n=r;m(e.flags,{instancePath:s+"/flags",parentData:e,parentDataProperty:"flags",rootData:a})||
(t=t===null?m.errors:t.concat(m.errors),r=t.length);var i=n===r}else var i=!0}else return ne.errors=
[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],
!1;return ne.errors=t,r===0}function C(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){
let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.namespaces!==void 0){let l=e.
namespaces;const g=r;if(r===g)if(Array.isArray(l)){var i=!0;const v=l.length;for(let b=0;b<v;b++){const $=r;
R(l[b],{instancePath:s+"/namespaces/"+b,parentData:l,parentDataProperty:b,rootData:a})||(t=t===null?
R.errors:t.concat(R.errors),r=t.length);var i=$===r;if(!i)break}}else return C.errors=[{instancePath:s+
"/namespaces",schemaPath:"#/properties/namespaces/type",keyword:"type",params:{type:"array"},message:"\
must be array"}],!1;var n=g===r}else var n=!0;if(n){if(e.uidMappings!==void 0){const l=r;k(e.uidMappings,
{instancePath:s+"/uidMappings",parentData:e,parentDataProperty:"uidMappings",rootData:a})||(t=t===null?
k.errors:t.concat(k.errors),r=t.length);var n=l===r}else var n=!0;if(n){if(e.gidMappings!==void 0){const l=r;
k(e.gidMappings,{instancePath:s+"/gidMappings",parentData:e,parentDataProperty:"gidMappings",rootData:a})||
(t=t===null?k.errors:t.concat(k.errors),r=t.length);var n=l===r}else var n=!0;if(n){if(e.timeOffsets!==
void 0){let l=e.timeOffsets;const g=r;if(r===g)if(l&&typeof l=="object"&&!Array.isArray(l))for(const b in l){
const $=r;pe(l[b],{instancePath:s+"/timeOffsets/"+b.replace(/~/g,"~0").replace(/\//g,"~1"),parentData:l,
parentDataProperty:b,rootData:a})||(t=t===null?pe.errors:t.concat(pe.errors),r=t.length);var o=$===r;
if(!o)break}else return C.errors=[{instancePath:s+"/timeOffsets",schemaPath:"#/properties/timeOffset\
s/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var n=g===r}else var n=!0;
if(n){if(e.devices!==void 0){let l=e.devices;const g=r;if(r===g)if(Array.isArray(l)){var p=!0;const b=l.
length;for(let $=0;$<b;$++){const ue=r;I(l[$],{instancePath:s+"/devices/"+$,parentData:l,parentDataProperty:$,
rootData:a})||(t=t===null?I.errors:t.concat(I.errors),r=t.length);var p=ue===r;if(!p)break}}else return C.
errors=[{instancePath:s+"/devices",schemaPath:"#/properties/devices/type",keyword:"type",params:{type:"\
array"},message:"must be array"}],!1;var n=g===r}else var n=!0;if(n){if(e.netDevices!==void 0){let l=e.
netDevices;const g=r;if(r===g)if(l&&typeof l=="object"&&!Array.isArray(l))for(const b in l){const $=r;
ee(l[b],{instancePath:s+"/netDevices/"+b.replace(/~/g,"~0").replace(/\//g,"~1"),parentData:l,parentDataProperty:b,
rootData:a})||(t=t===null?ee.errors:t.concat(ee.errors),r=t.length);var u=$===r;if(!u)break}else return C.
errors=[{instancePath:s+"/netDevices",schemaPath:"#/properties/netDevices/type",keyword:"type",params:{
type:"object"},message:"must be object"}],!1;var n=g===r}else var n=!0;if(n){if(e.cgroupsPath!==void 0){
const l=r;if(typeof e.cgroupsPath!="string")return C.errors=[{instancePath:s+"/cgroupsPath",schemaPath:"\
#/properties/cgroupsPath/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var n=l===
r}else var n=!0;if(n){if(e.resources!==void 0){const l=r;N(e.resources,{instancePath:s+"/resources",
parentData:e,parentDataProperty:"resources",rootData:a})||(t=t===null?N.errors:t.concat(N.errors),r=
t.length);var n=l===r}else var n=!0;if(n){if(e.intelRdt!==void 0){const l=r;S(e.intelRdt,{instancePath:s+
"/intelRdt",parentData:e,parentDataProperty:"intelRdt",rootData:a})||(t=t===null?S.errors:t.concat(S.
errors),r=t.length);var n=l===r}else var n=!0;if(n){if(e.memoryPolicy!==void 0){const l=r;K(e.memoryPolicy,
{instancePath:s+"/memoryPolicy",parentData:e,parentDataProperty:"memoryPolicy",rootData:a})||(t=t===
null?K.errors:t.concat(K.errors),r=t.length);var n=l===r}else var n=!0;if(n){if(e.sysctl!==void 0){const l=r;
M(e.sysctl,{instancePath:s+"/sysctl",parentData:e,parentDataProperty:"sysctl",rootData:a})||(t=t===null?
M.errors:t.concat(M.errors),r=t.length);var n=l===r}else var n=!0;if(n){if(e.seccomp!==void 0){const l=r;
E(e.seccomp,{instancePath:s+"/seccomp",parentData:e,parentDataProperty:"seccomp",rootData:a})||(t=t===
null?E.errors:t.concat(E.errors),r=t.length);var n=l===r}else var n=!0;if(n){if(e.rootfsPropagation!==
void 0){const l=r;if(typeof e.rootfsPropagation!="string")return C.errors=[{instancePath:s+"/rootfsP\
ropagation",schemaPath:"#/properties/rootfsPropagation/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var n=l===r}else var n=!0;if(n){if(e.maskedPaths!==void 0){const l=r;m(e.maskedPaths,
{instancePath:s+"/maskedPaths",parentData:e,parentDataProperty:"maskedPaths",rootData:a})||(t=t===null?
m.errors:t.concat(m.errors),r=t.length);var n=l===r}else var n=!0;if(n){if(e.readonlyPaths!==void 0){
const l=r;m(e.readonlyPaths,{instancePath:s+"/readonlyPaths",parentData:e,parentDataProperty:"readon\
lyPaths",rootData:a})||(t=t===null?m.errors:t.concat(m.errors),r=t.length);var n=l===r}else var n=!0;
if(n){if(e.mountLabel!==void 0){const l=r;if(typeof e.mountLabel!="string")return C.errors=[{instancePath:s+
"/mountLabel",schemaPath:"#/properties/mountLabel/type",keyword:"type",params:{type:"string"},message:"\
must be string"}],!1;var n=l===r}else var n=!0;if(n)if(e.personality!==void 0){const l=r;ne(e.personality,
{instancePath:s+"/personality",parentData:e,parentDataProperty:"personality",rootData:a})||(t=t===null?
ne.errors:t.concat(ne.errors),r=t.length);var n=l===r}else var n=!0}}}}}}}}}}}}}}}}else return C.errors=
[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],
!1;return C.errors=t,r===0}function _(e,{instancePath:s="",parentData:y,parentDataProperty:h,rootData:a=e}={}){
let t=null,r=0;if(r===0)if(e&&typeof e=="object"&&!Array.isArray(e)){let o;if(e.root===void 0&&(o="r\
oot"))return _.errors=[{instancePath:s,schemaPath:"#/required",keyword:"required",params:{missingProperty:o},
message:"must have required property '"+o+"'"}],!1;if(e.ociVersion!==void 0){const p=r;if(typeof e.ociVersion!=
"string")return _.errors=[{instancePath:s+"/ociVersion",schemaPath:"#/properties/ociVersion/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;var i=p===r}else var i=!0;if(i){if(e.root!==
void 0){const p=r;x(e.root,{instancePath:s+"/root",parentData:e,parentDataProperty:"root",rootData:a})||
(t=t===null?x.errors:t.concat(x.errors),r=t.length);var i=p===r}else var i=!0;if(i){if(e.mounts!==void 0){
let p=e.mounts;const u=r;if(r===u)if(Array.isArray(p)){var n=!0;const g=p.length;for(let v=0;v<g;v++){
const b=r;A(p[v],{instancePath:s+"/mounts/"+v,parentData:p,parentDataProperty:v,rootData:a})||(t=t===
null?A.errors:t.concat(A.errors),r=t.length);var n=b===r;if(!n)break}}else return _.errors=[{instancePath:s+
"/mounts",schemaPath:"#/properties/mounts/type",keyword:"type",params:{type:"array"},message:"must b\
e array"}],!1;var i=u===r}else var i=!0;if(i){if(e.process!==void 0){const p=r;j(e.process,{instancePath:s+
"/process",parentData:e,parentDataProperty:"process",rootData:a})||(t=t===null?j.errors:t.concat(j.errors),
r=t.length);var i=p===r}else var i=!0;if(i){if(e.hostname!==void 0){const p=r;if(typeof e.hostname!=
"string")return _.errors=[{instancePath:s+"/hostname",schemaPath:"#/properties/hostname/type",keyword:"\
type",params:{type:"string"},message:"must be string"}],!1;var i=p===r}else var i=!0;if(i){if(e.domainname!==
void 0){const p=r;if(typeof e.domainname!="string")return _.errors=[{instancePath:s+"/domainname",schemaPath:"\
#/properties/domainname/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var i=p===
r}else var i=!0;if(i){if(e.hooks!==void 0){const p=r;ae(e.hooks,{instancePath:s+"/hooks",parentData:e,
parentDataProperty:"hooks",rootData:a})||(t=t===null?ae.errors:t.concat(ae.errors),r=t.length);var i=p===
r}else var i=!0;if(i){if(e.annotations!==void 0){const p=r;M(e.annotations,{instancePath:s+"/annotat\
ions",parentData:e,parentDataProperty:"annotations",rootData:a})||(t=t===null?M.errors:t.concat(M.errors),
r=t.length);var i=p===r}else var i=!0;if(i){if(e.linux!==void 0){const p=r;C(e.linux,{instancePath:s+
"/linux",parentData:e,parentDataProperty:"linux",rootData:a})||(t=t===null?C.errors:t.concat(C.errors),
r=t.length);var i=p===r}else var i=!0;if(i){if(e.solaris!==void 0){let p=e.solaris;const u=r;if(!(p&&
typeof p=="object"&&!Array.isArray(p)))return _.errors=[{instancePath:s+"/solaris",schemaPath:"#/pro\
perties/solaris/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var i=u===
r}else var i=!0;if(i){if(e.windows!==void 0){let p=e.windows;const u=r;if(!(p&&typeof p=="object"&&!Array.
isArray(p)))return _.errors=[{instancePath:s+"/windows",schemaPath:"#/properties/windows/type",keyword:"\
type",params:{type:"object"},message:"must be object"}],!1;var i=u===r}else var i=!0;if(i){if(e.vm!==
void 0){let p=e.vm;const u=r;if(!(p&&typeof p=="object"&&!Array.isArray(p)))return _.errors=[{instancePath:s+
"/vm",schemaPath:"#/properties/vm/type",keyword:"type",params:{type:"object"},message:"must be objec\
t"}],!1;var i=u===r}else var i=!0;if(i){if(e.zos!==void 0){let p=e.zos;const u=r;if(!(p&&typeof p=="\
object"&&!Array.isArray(p)))return _.errors=[{instancePath:s+"/zos",schemaPath:"#/properties/zos/typ\
e",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var i=u===r}else var i=!0;if(i)
if(e.freebsd!==void 0){let p=e.freebsd;const u=r;if(!(p&&typeof p=="object"&&!Array.isArray(p)))return _.
errors=[{instancePath:s+"/freebsd",schemaPath:"#/properties/freebsd/type",keyword:"type",params:{type:"\
object"},message:"must be object"}],!1;var i=u===r}else var i=!0}}}}}}}}}}}}}else return _.errors=[{
instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"}],
!1;return _.errors=t,r===0}export{be as default,ve as validate};
