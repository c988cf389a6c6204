// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/features.schema.json by `npm run generate`. Do not edit.
const k=p;var P=p;function o(l,{instancePath:s="",parentData:g,parentDataProperty:x,rootData:m=l}={}){let t=null,e=0;if(e===
0)if(Array.isArray(l)){var u=!0;const v=l.length;for(let a=0;a<v;a++){const f=e;if(typeof l[a]!="str\
ing")return o.errors=[{instancePath:s+"/"+a,schemaPath:"#/items/type",keyword:"type",params:{type:"s\
tring"},message:"must be string"}],!1;var u=f===e;if(!u)break}}else return o.errors=[{instancePath:s,
schemaPath:"#/type",keyword:"type",params:{type:"array"},message:"must be array"}],!1;return o.errors=
t,e===0}function p(l,{instancePath:s="",parentData:g,parentDataProperty:x,rootData:m=l}={}){let t=null,
e=0;if(e===0)if(l&&typeof l=="object"&&!Array.isArray(l)){if(l.ociVersionMin!==void 0){const i=e;if(typeof l.
ociVersionMin!="string")return p.errors=[{instancePath:s+"/ociVersionMin",schemaPath:"#/properties/o\
ciVersionMin/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var u=i===e}else
var u=!0;if(u){if(l.ociVersionMax!==void 0){const i=e;if(typeof l.ociVersionMax!="string")return p.errors=
[{instancePath:s+"/ociVersionMax",schemaPath:"#/properties/ociVersionMax/type",keyword:"type",params:{
type:"string"},message:"must be string"}],!1;var u=i===e}else var u=!0;if(u){if(l.hooks!==void 0){const i=e;
o(l.hooks,{instancePath:s+"/hooks",parentData:l,parentDataProperty:"hooks",rootData:m})||(t=t===null?
o.errors:t.concat(o.errors),e=t.length);var u=i===e}else var u=!0;if(u){if(l.mountOptions!==void 0){
const i=e;o(l.mountOptions,{instancePath:s+"/mountOptions",parentData:l,parentDataProperty:"mountOpt\
ions",rootData:m})||(t=t===null?o.errors:t.concat(o.errors),e=t.length);var u=i===e}else var u=!0;if(u){
if(l.annotations!==void 0){let i=l.annotations;const h=e;if(e===h)if(i&&typeof i=="object"&&!Array.isArray(
i))for(const r in i){const c=e;if(typeof i[r]!="string")return p.errors=[{instancePath:s+"/annotatio\
ns/"+r.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/properties/annotations/additionalPropert\
ies/type",keyword:"type",params:{type:"string"},message:"must be string"}],!1;var v=c===e;if(!v)break}else
return p.errors=[{instancePath:s+"/annotations",schemaPath:"#/properties/annotations/type",keyword:"\
type",params:{type:"object"},message:"must be object"}],!1;var u=h===e}else var u=!0;if(u){if(l.potentiallyUnsafeConfigAnnotations!==
void 0){const i=e;o(l.potentiallyUnsafeConfigAnnotations,{instancePath:s+"/potentiallyUnsafeConfigAn\
notations",parentData:l,parentDataProperty:"potentiallyUnsafeConfigAnnotations",rootData:m})||(t=t===
null?o.errors:t.concat(o.errors),e=t.length);var u=i===e}else var u=!0;if(u)if(l.linux!==void 0){let i=l.
linux;const h=e;if(e===h)if(i&&typeof i=="object"&&!Array.isArray(i)){if(i.namespaces!==void 0){const r=e;
o(i.namespaces,{instancePath:s+"/linux/namespaces",parentData:i,parentDataProperty:"namespaces",rootData:m})||
(t=t===null?o.errors:t.concat(o.errors),e=t.length);var a=r===e}else var a=!0;if(a){if(i.capabilities!==
void 0){const r=e;o(i.capabilities,{instancePath:s+"/linux/capabilities",parentData:i,parentDataProperty:"\
capabilities",rootData:m})||(t=t===null?o.errors:t.concat(o.errors),e=t.length);var a=r===e}else var a=!0;
if(a){if(i.cgroup!==void 0){let r=i.cgroup;const c=e;if(e===c)if(r&&typeof r=="object"&&!Array.isArray(
r)){if(r.v1!==void 0){const n=e;if(typeof r.v1!="boolean")return p.errors=[{instancePath:s+"/linux/c\
group/v1",schemaPath:"#/properties/linux/properties/cgroup/properties/v1/type",keyword:"type",params:{
type:"boolean"},message:"must be boolean"}],!1;var f=n===e}else var f=!0;if(f){if(r.v2!==void 0){const n=e;
if(typeof r.v2!="boolean")return p.errors=[{instancePath:s+"/linux/cgroup/v2",schemaPath:"#/properti\
es/linux/properties/cgroup/properties/v2/type",keyword:"type",params:{type:"boolean"},message:"must \
be boolean"}],!1;var f=n===e}else var f=!0;if(f){if(r.systemd!==void 0){const n=e;if(typeof r.systemd!=
"boolean")return p.errors=[{instancePath:s+"/linux/cgroup/systemd",schemaPath:"#/properties/linux/pr\
operties/cgroup/properties/systemd/type",keyword:"type",params:{type:"boolean"},message:"must be boo\
lean"}],!1;var f=n===e}else var f=!0;if(f){if(r.systemdUser!==void 0){const n=e;if(typeof r.systemdUser!=
"boolean")return p.errors=[{instancePath:s+"/linux/cgroup/systemdUser",schemaPath:"#/properties/linu\
x/properties/cgroup/properties/systemdUser/type",keyword:"type",params:{type:"boolean"},message:"mus\
t be boolean"}],!1;var f=n===e}else var f=!0;if(f)if(r.rdma!==void 0){const n=e;if(typeof r.rdma!="b\
oolean")return p.errors=[{instancePath:s+"/linux/cgroup/rdma",schemaPath:"#/properties/linux/propert\
ies/cgroup/properties/rdma/type",keyword:"type",params:{type:"boolean"},message:"must be boolean"}],
!1;var f=n===e}else var f=!0}}}}else return p.errors=[{instancePath:s+"/linux/cgroup",schemaPath:"#/\
properties/linux/properties/cgroup/type",keyword:"type",params:{type:"object"},message:"must be obje\
ct"}],!1;var a=c===e}else var a=!0;if(a){if(i.seccomp!==void 0){let r=i.seccomp;const c=e;if(e===c)if(r&&
typeof r=="object"&&!Array.isArray(r)){if(r.enabled!==void 0){const n=e;if(typeof r.enabled!="boolea\
n")return p.errors=[{instancePath:s+"/linux/seccomp/enabled",schemaPath:"#/properties/linux/properti\
es/seccomp/properties/enabled/type",keyword:"type",params:{type:"boolean"},message:"must be boolean"}],
!1;var d=n===e}else var d=!0;if(d){if(r.actions!==void 0){const n=e;o(r.actions,{instancePath:s+"/li\
nux/seccomp/actions",parentData:r,parentDataProperty:"actions",rootData:m})||(t=t===null?o.errors:t.
concat(o.errors),e=t.length);var d=n===e}else var d=!0;if(d){if(r.operators!==void 0){const n=e;o(r.
operators,{instancePath:s+"/linux/seccomp/operators",parentData:r,parentDataProperty:"operators",rootData:m})||
(t=t===null?o.errors:t.concat(o.errors),e=t.length);var d=n===e}else var d=!0;if(d){if(r.archs!==void 0){
const n=e;o(r.archs,{instancePath:s+"/linux/seccomp/archs",parentData:r,parentDataProperty:"archs",rootData:m})||
(t=t===null?o.errors:t.concat(o.errors),e=t.length);var d=n===e}else var d=!0;if(d){if(r.knownFlags!==
void 0){const n=e;o(r.knownFlags,{instancePath:s+"/linux/seccomp/knownFlags",parentData:r,parentDataProperty:"\
knownFlags",rootData:m})||(t=t===null?o.errors:t.concat(o.errors),e=t.length);var d=n===e}else var d=!0;
if(d)if(r.supportedFlags!==void 0){const n=e;o(r.supportedFlags,{instancePath:s+"/linux/seccomp/supp\
ortedFlags",parentData:r,parentDataProperty:"supportedFlags",rootData:m})||(t=t===null?o.errors:t.concat(
o.errors),e=t.length);var d=n===e}else var d=!0}}}}}else return p.errors=[{instancePath:s+"/linux/se\
ccomp",schemaPath:"#/properties/linux/properties/seccomp/type",keyword:"type",params:{type:"object"},
message:"must be object"}],!1;var a=c===e}else var a=!0;if(a){if(i.apparmor!==void 0){let r=i.apparmor;
const c=e;if(e===c)if(r&&typeof r=="object"&&!Array.isArray(r)){if(r.enabled!==void 0&&typeof r.enabled!=
"boolean")return p.errors=[{instancePath:s+"/linux/apparmor/enabled",schemaPath:"#/properties/linux/\
properties/apparmor/properties/enabled/type",keyword:"type",params:{type:"boolean"},message:"must be\
 boolean"}],!1}else return p.errors=[{instancePath:s+"/linux/apparmor",schemaPath:"#/properties/linu\
x/properties/apparmor/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var a=c===
e}else var a=!0;if(a){if(i.selinux!==void 0){let r=i.selinux;const c=e;if(e===c)if(r&&typeof r=="obj\
ect"&&!Array.isArray(r)){if(r.enabled!==void 0&&typeof r.enabled!="boolean")return p.errors=[{instancePath:s+
"/linux/selinux/enabled",schemaPath:"#/properties/linux/properties/selinux/properties/enabled/type",
keyword:"type",params:{type:"boolean"},message:"must be boolean"}],!1}else return p.errors=[{instancePath:s+
"/linux/selinux",schemaPath:"#/properties/linux/properties/selinux/type",keyword:"type",params:{type:"\
object"},message:"must be object"}],!1;var a=c===e}else var a=!0;if(a){if(i.intelRdt!==void 0){let r=i.
intelRdt;const c=e;if(e===c)if(r&&typeof r=="object"&&!Array.isArray(r)){if(r.enabled!==void 0){const n=e;
if(typeof r.enabled!="boolean")return p.errors=[{instancePath:s+"/linux/intelRdt/enabled",schemaPath:"\
#/properties/linux/properties/intelRdt/properties/enabled/type",keyword:"type",params:{type:"boolean"},
message:"must be boolean"}],!1;var y=n===e}else var y=!0;if(y){if(r.schemata!==void 0){const n=e;if(typeof r.
schemata!="boolean")return p.errors=[{instancePath:s+"/linux/intelRdt/schemata",schemaPath:"#/proper\
ties/linux/properties/intelRdt/properties/schemata/type",keyword:"type",params:{type:"boolean"},message:"\
must be boolean"}],!1;var y=n===e}else var y=!0;if(y)if(r.monitoring!==void 0){const n=e;if(typeof r.
monitoring!="boolean")return p.errors=[{instancePath:s+"/linux/intelRdt/monitoring",schemaPath:"#/pr\
operties/linux/properties/intelRdt/properties/monitoring/type",keyword:"type",params:{type:"boolean"},
message:"must be boolean"}],!1;var y=n===e}else var y=!0}}else return p.errors=[{instancePath:s+"/li\
nux/intelRdt",schemaPath:"#/properties/linux/properties/intelRdt/type",keyword:"type",params:{type:"\
object"},message:"must be object"}],!1;var a=c===e}else var a=!0;if(a){if(i.mountExtensions!==void 0){
let r=i.mountExtensions;const c=e;if(e===c)if(r&&typeof r=="object"&&!Array.isArray(r)){if(r.idmap!==
void 0){let n=r.idmap;if(e===e)if(n&&typeof n=="object"&&!Array.isArray(n)){if(n.enabled!==void 0&&typeof n.
enabled!="boolean")return p.errors=[{instancePath:s+"/linux/mountExtensions/idmap/enabled",schemaPath:"\
#/properties/linux/properties/mountExtensions/properties/idmap/properties/enabled/type",keyword:"typ\
e",params:{type:"boolean"},message:"must be boolean"}],!1}else return p.errors=[{instancePath:s+"/li\
nux/mountExtensions/idmap",schemaPath:"#/properties/linux/properties/mountExtensions/properties/idma\
p/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1}}else return p.errors=[{
instancePath:s+"/linux/mountExtensions",schemaPath:"#/properties/linux/properties/mountExtensions/ty\
pe",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var a=c===e}else var a=!0;if(a){
if(i.netDevices!==void 0){let r=i.netDevices;const c=e;if(e===c)if(r&&typeof r=="object"&&!Array.isArray(
r)){if(r.enabled!==void 0&&typeof r.enabled!="boolean")return p.errors=[{instancePath:s+"/linux/netD\
evices/enabled",schemaPath:"#/properties/linux/properties/netDevices/properties/enabled/type",keyword:"\
type",params:{type:"boolean"},message:"must be boolean"}],!1}else return p.errors=[{instancePath:s+"\
/linux/netDevices",schemaPath:"#/properties/linux/properties/netDevices/type",keyword:"type",params:{
type:"object"},message:"must be object"}],!1;var a=c===e}else var a=!0;if(a)if(i.memoryPolicy!==void 0){
let r=i.memoryPolicy;const c=e;if(e===c)if(r&&typeof r=="object"&&!Array.isArray(r)){if(r.modes!==void 0){
const n=e;o(r.modes,{instancePath:s+"/linux/memoryPolicy/modes",parentData:r,parentDataProperty:"mod\
es",rootData:m})||(t=t===null?o.errors:t.concat(o.errors),e=t.length);var b=n===e}else var b=!0;if(b)
if(r.flags!==void 0){const n=e;o(r.flags,{instancePath:s+"/linux/memoryPolicy/flags",parentData:r,parentDataProperty:"\
flags",rootData:m})||(t=t===null?o.errors:t.concat(o.errors),e=t.length);var b=n===e}else var b=!0}else
return p.errors=[{instancePath:s+"/linux/memoryPolicy",schemaPath:"#/properties/linux/properties/mem\
oryPolicy/type",keyword:"type",params:{type:"object"},message:"must be object"}],!1;var a=c===e}else
var a=!0}}}}}}}}}else return p.errors=[{instancePath:s+"/linux",schemaPath:"#/properties/linux/type",
keyword:"type",params:{type:"object"},message:"must be object"}],!1;var u=h===e}else var u=!0}}}}}}else
return p.errors=[{instancePath:s,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"\
must be object"}],!1;return p.errors=t,e===0}export{P as default,k as validate};
