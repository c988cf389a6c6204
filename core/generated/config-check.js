// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.
function g(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.path===void 0)return!1;if(e.path!==void 0){
let i=e.path;if(typeof i=="string"){if(i===""||i.includes("\0"))return!1}else return!1}if(e.readonly!==
void 0&&typeof e.readonly!="boolean")return!1}else return!1;return!0}function s(e){if(Array.isArray(
e)){const i=e.length;for(let r=0;r<i;r++)if(typeof e[r]!="string")return!1}else return!1;return!0}function u(e){
if(!(typeof e=="number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))return!1;if(typeof e=="number"&&isFinite(e)){
if(e>4294967295||isNaN(e))return!1;if(e<0||isNaN(e))return!1}return!0}function h(e){if(e&&typeof e==
"object"&&!Array.isArray(e)){if(e.containerID===void 0||e.hostID===void 0||e.size===void 0)return!1;
if(e.containerID!==void 0&&!u(e.containerID)||e.hostID!==void 0&&!u(e.hostID)||e.size!==void 0&&!u(e.
size))return!1}else return!1;return!0}function y(e){if(Array.isArray(e)){const i=e.length;for(let r=0;r<
i;r++)if(!h(e[r]))return!1}else return!1;return!0}function b(e){if(e&&typeof e=="object"&&!Array.isArray(
e)){if(e.destination===void 0)return!1;if(e.destination!==void 0){let i=e.destination;if(typeof i=="\
string"){if(i===""||i.includes("\0"))return!1}else return!1}{if(e.type!==void 0){let i=e.type;if(typeof i==
"string"){if(i.includes("\0"))return!1}else return!1}{if(e.source!==void 0){let i=e.source;if(typeof i==
"string"){if(i.includes("\0"))return!1}else return!1}if(e.options!==void 0&&!s(e.options)||e.uidMappings!==
void 0&&!y(e.uidMappings)||e.gidMappings!==void 0&&!y(e.gidMappings))return!1}}}else return!1;return!0}
function l(e){if(!(typeof e=="number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))return!1;if(typeof e=="number"&&
isFinite(e)){if(e>18446744073709552e3||isNaN(e))return!1;if(e<0||isNaN(e))return!1}return!0}function v(e){
if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.height===void 0||e.width===void 0)return!1;if(e.height!==
void 0&&!l(e.height)||e.width!==void 0&&!l(e.width))return!1}else return!1;return!0}function d(e){if(e&&
typeof e=="object"&&!Array.isArray(e)){if(e.uid!==void 0&&!u(e.uid))return!1;{if(e.gid!==void 0&&!u(
e.gid))return!1;{if(e.umask!==void 0&&!u(e.umask))return!1;{if(e.additionalGids!==void 0){let i=e.additionalGids;
if(Array.isArray(i)){const r=i.length;for(let f=0;f<r;f++)if(!u(i[f]))return!1}else return!1}if(e.username!==
void 0&&typeof e.username!="string")return!1}}}}else return!1;return!0}function j(e){if(e&&typeof e==
"object"&&!Array.isArray(e)){if(e.bounding!==void 0&&!s(e.bounding)||e.effective!==void 0&&!s(e.effective)||
e.inheritable!==void 0&&!s(e.inheritable)||e.permitted!==void 0&&!s(e.permitted)||e.ambient!==void 0&&
!s(e.ambient))return!1}else return!1;return!0}function P(e){if(e&&typeof e=="object"&&!Array.isArray(
e)){if(e.type===void 0||e.hard===void 0||e.soft===void 0)return!1;if(e.type!==void 0&&typeof e.type!=
"string"||e.hard!==void 0&&!l(e.hard)||e.soft!==void 0&&!l(e.soft))return!1}else return!1;return!0}function n(e){
if(!(typeof e=="number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))return!1;if(typeof e=="number"&&isFinite(e)){
if(e>9223372036854776e3||isNaN(e))return!1;if(e<-9223372036854776e3||isNaN(e))return!1}return!0}function A(e){
if(!(typeof e=="number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))return!1;if(typeof e=="number"&&isFinite(e)){
if(e>2147483647||isNaN(e))return!1;if(e<-2147483648||isNaN(e))return!1}return!0}function M(e){if(e&&
typeof e=="object"&&!Array.isArray(e)){if(e.policy!==void 0&&typeof e.policy!="string"||e.nice!==void 0&&
!A(e.nice)||e.priority!==void 0&&!A(e.priority)||e.flags!==void 0&&!s(e.flags)||e.runtime!==void 0&&
!l(e.runtime)||e.deadline!==void 0&&!l(e.deadline)||e.period!==void 0&&!l(e.period))return!1}else return!1;
return!0}function C(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.class!==void 0&&typeof e.class!=
"string"||e.priority!==void 0&&!n(e.priority))return!1}else return!1;return!0}function N(e){if(e&&typeof e==
"object"&&!Array.isArray(e)){if(e.initial!==void 0&&typeof e.initial!="string"||e.final!==void 0&&typeof e.
final!="string")return!1}else return!1;return!0}function _(e){if(e&&typeof e=="object"&&!Array.isArray(
e)){if(e.terminal!==void 0&&typeof e.terminal!="boolean")return!1;{if(e.consoleSize!==void 0&&!v(e.consoleSize))
return!1;{if(e.cwd!==void 0&&typeof e.cwd!="string")return!1;{if(e.env!==void 0&&!s(e.env))return!1;
{if(e.args!==void 0&&!s(e.args))return!1;{if(e.commandLine!==void 0&&typeof e.commandLine!="string")
return!1;{if(e.user!==void 0&&!d(e.user))return!1;{if(e.capabilities!==void 0&&!j(e.capabilities))return!1;
{if(e.rlimits!==void 0){let i=e.rlimits;if(Array.isArray(i)){const r=i.length;for(let f=0;f<r;f++)if(!P(
i[f]))return!1}else return!1}if(e.noNewPrivileges!==void 0&&typeof e.noNewPrivileges!="boolean"||e.apparmorProfile!==
void 0&&typeof e.apparmorProfile!="string"||e.selinuxLabel!==void 0&&typeof e.selinuxLabel!="string"||
e.oomScoreAdj!==void 0&&!n(e.oomScoreAdj)||e.scheduler!==void 0&&!M(e.scheduler)||e.ioPriority!==void 0&&
!C(e.ioPriority)||e.execCPUAffinity!==void 0&&!N(e.execCPUAffinity))return!1}}}}}}}}}else return!1;return!0}
function S(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.path===void 0)return!1;if(e.path!==void 0&&
typeof e.path!="string"||e.args!==void 0&&!s(e.args)||e.env!==void 0&&!s(e.env)||e.timeout!==void 0&&
!n(e.timeout))return!1}else return!1;return!0}function t(e){if(Array.isArray(e)){const i=e.length;for(let r=0;r<
i;r++)if(!S(e[r]))return!1}else return!1;return!0}function w(e){if(e&&typeof e=="object"&&!Array.isArray(
e)){if(e.prestart!==void 0&&!t(e.prestart)||e.createRuntime!==void 0&&!t(e.createRuntime)||e.createContainer!==
void 0&&!t(e.createContainer)||e.startContainer!==void 0&&!t(e.startContainer)||e.poststart!==void 0&&
!t(e.poststart)||e.poststop!==void 0&&!t(e.poststop))return!1}else return!1;return!0}function p(e){if(e&&
typeof e=="object"&&!Array.isArray(e)){for(const i in e)if(typeof e[i]!="string")return!1}else return!1;
return!0}function D(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.type===void 0)return!1;if(e.
type!==void 0){let i=e.type;if(!(i==="pid"||i==="network"||i==="mount"||i==="ipc"||i==="uts"||i==="u\
ser"||i==="cgroup"||i==="time"))return!1}if(e.path!==void 0&&typeof e.path!="string")return!1}else return!1;
return!0}function k(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.secs!==void 0&&!n(e.secs)||
e.nanosecs!==void 0&&!u(e.nanosecs))return!1}else return!1;return!0}function T(e){if(e&&typeof e=="o\
bject"&&!Array.isArray(e)){if(e.path===void 0||e.type===void 0)return!1;if(e.path!==void 0){let i=e.
path;if(typeof i=="string"){if(i===""||i.includes("\0"))return!1}else return!1}if(e.type!==void 0&&typeof e.
type!="string"||e.major!==void 0&&!n(e.major)||e.minor!==void 0&&!n(e.minor)||e.fileMode!==void 0&&!u(
e.fileMode)||e.uid!==void 0&&!u(e.uid)||e.gid!==void 0&&!u(e.gid))return!1}else return!1;return!0}function I(e){
if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.name!==void 0&&typeof e.name!="string")return!1}else
return!1;return!0}function R(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.allow===void 0)return!1;
if(e.allow!==void 0&&typeof e.allow!="boolean"||e.type!==void 0&&typeof e.type!="string"||e.major!==
void 0&&!n(e.major)||e.minor!==void 0&&!n(e.minor)||e.access!==void 0&&typeof e.access!="string")return!1}else
return!1;return!0}function L(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.limit!==void 0&&!n(
e.limit)||e.reservation!==void 0&&!n(e.reservation)||e.swap!==void 0&&!n(e.swap)||e.kernel!==void 0&&
!n(e.kernel)||e.kernelTCP!==void 0&&!n(e.kernelTCP)||e.swappiness!==void 0&&!l(e.swappiness)||e.disableOOMKiller!==
void 0&&typeof e.disableOOMKiller!="boolean"||e.useHierarchy!==void 0&&typeof e.useHierarchy!="boole\
an"||e.checkBeforeUpdate!==void 0&&typeof e.checkBeforeUpdate!="boolean")return!1}else return!1;return!0}
function O(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.shares!==void 0&&!l(e.shares)||e.quota!==
void 0&&!n(e.quota)||e.burst!==void 0&&!l(e.burst)||e.period!==void 0&&!l(e.period)||e.realtimeRuntime!==
void 0&&!n(e.realtimeRuntime)||e.realtimePeriod!==void 0&&!l(e.realtimePeriod)||e.cpus!==void 0&&typeof e.
cpus!="string"||e.mems!==void 0&&typeof e.mems!="string"||e.idle!==void 0&&!n(e.idle))return!1}else return!1;
return!0}function E(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.limit!==void 0&&!n(e.limit))
return!1}else return!1;return!0}function c(e){if(!(typeof e=="number"&&!(e%1)&&!isNaN(e)&&isFinite(e)))
return!1;if(typeof e=="number"&&isFinite(e)){if(e>65535||isNaN(e))return!1;if(e<0||isNaN(e))return!1}
return!0}function B(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.major===void 0||e.minor===void 0)
return!1;if(e.major!==void 0&&!n(e.major)||e.minor!==void 0&&!n(e.minor)||e.weight!==void 0&&!c(e.weight)||
e.leafWeight!==void 0&&!c(e.leafWeight))return!1}else return!1;return!0}function F(e){if(e&&typeof e==
"object"&&!Array.isArray(e)){if(e.major===void 0||e.minor===void 0||e.rate===void 0)return!1;if(e.major!==
void 0&&!n(e.major)||e.minor!==void 0&&!n(e.minor)||e.rate!==void 0&&!l(e.rate))return!1}else return!1;
return!0}function o(e){if(Array.isArray(e)){const i=e.length;for(let r=0;r<i;r++)if(!F(e[r]))return!1}else
return!1;return!0}function x(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.weight!==void 0&&!c(
e.weight))return!1;{if(e.leafWeight!==void 0&&!c(e.leafWeight))return!1;{if(e.weightDevice!==void 0){
let i=e.weightDevice;if(Array.isArray(i)){const r=i.length;for(let f=0;f<r;f++)if(!B(i[f]))return!1}else
return!1}if(e.throttleReadBpsDevice!==void 0&&!o(e.throttleReadBpsDevice)||e.throttleWriteBpsDevice!==
void 0&&!o(e.throttleWriteBpsDevice)||e.throttleReadIOPSDevice!==void 0&&!o(e.throttleReadIOPSDevice)||
e.throttleWriteIOPSDevice!==void 0&&!o(e.throttleWriteIOPSDevice))return!1}}}else return!1;return!0}
function z(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.pageSize===void 0||e.limit===void 0)
return!1;if(e.pageSize!==void 0){let i=e.pageSize;if(typeof i=="string"){if(!/^[1-9][0-9]*[KMG]B$/.test(
i))return!1}else return!1}if(e.limit!==void 0&&!l(e.limit))return!1}else return!1;return!0}function W(e){
if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.name===void 0||e.priority===void 0)return!1;if(e.name!==
void 0&&typeof e.name!="string"||e.priority!==void 0&&!u(e.priority))return!1}else return!1;return!0}
function K(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.classID!==void 0&&!u(e.classID))return!1;
if(e.priorities!==void 0){let i=e.priorities;if(Array.isArray(i)){const r=i.length;for(let f=0;f<r;f++)
if(!W(i[f]))return!1}else return!1}}else return!1;return!0}function G(e){if(e&&typeof e=="object"&&!Array.
isArray(e)){if(e.hcaHandles!==void 0&&!u(e.hcaHandles)||e.hcaObjects!==void 0&&!u(e.hcaObjects))return!1}else
return!1;return!0}function H(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.devices!==void 0){
let i=e.devices;if(Array.isArray(i)){const r=i.length;for(let f=0;f<r;f++)if(!R(i[f]))return!1}else return!1}
{if(e.memory!==void 0&&!L(e.memory))return!1;{if(e.cpu!==void 0&&!O(e.cpu))return!1;{if(e.pids!==void 0&&
!E(e.pids))return!1;{if(e.blockIO!==void 0&&!x(e.blockIO))return!1;{if(e.hugepageLimits!==void 0){let i=e.
hugepageLimits;if(Array.isArray(i)){const r=i.length;for(let f=0;f<r;f++)if(!z(i[f]))return!1}else return!1}
{if(e.network!==void 0&&!K(e.network))return!1;{if(e.rdma!==void 0){let i=e.rdma;if(i&&typeof i=="ob\
ject"&&!Array.isArray(i)){for(const r in i)if(!G(i[r]))return!1}else return!1}if(e.unified!==void 0&&
!p(e.unified))return!1}}}}}}}}else return!1;return!0}function U(e){if(e&&typeof e=="object"&&!Array.
isArray(e)){if(e.closID!==void 0&&typeof e.closID!="string"||e.schemata!==void 0&&!s(e.schemata)||e.
l3CacheSchema!==void 0&&typeof e.l3CacheSchema!="string"||e.memBwSchema!==void 0&&typeof e.memBwSchema!=
"string"||e.enableCMT!==void 0&&typeof e.enableCMT!="boolean"||e.enableMBM!==void 0&&typeof e.enableMBM!=
"boolean"||e.enableMonitoring!==void 0&&typeof e.enableMonitoring!="boolean")return!1}else return!1;
return!0}function q(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.mode!==void 0&&typeof e.mode!=
"string"||e.nodes!==void 0&&typeof e.nodes!="string"||e.flags!==void 0&&!s(e.flags))return!1}else return!1;
return!0}function m(e){return e==="SCMP_ACT_ALLOW"||e==="SCMP_ACT_ERRNO"||e==="SCMP_ACT_KILL"||e==="\
SCMP_ACT_KILL_PROCESS"||e==="SCMP_ACT_KILL_THREAD"||e==="SCMP_ACT_LOG"||e==="SCMP_ACT_NOTIFY"||e==="\
SCMP_ACT_TRACE"||e==="SCMP_ACT_TRAP"}function Q(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.
index===void 0||e.value===void 0||e.op===void 0)return!1;if(e.index!==void 0&&!l(e.index))return!1;{
if(e.value!==void 0&&!l(e.value))return!1;{if(e.valueTwo!==void 0&&!l(e.valueTwo))return!1;if(e.op!==
void 0){let i=e.op;if(!(i==="SCMP_CMP_NE"||i==="SCMP_CMP_LT"||i==="SCMP_CMP_LE"||i==="SCMP_CMP_EQ"||
i==="SCMP_CMP_GE"||i==="SCMP_CMP_GT"||i==="SCMP_CMP_MASKED_EQ"))return!1}}}}else return!1;return!0}function V(e){
if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.names===void 0||e.action===void 0)return!1;if(e.names!==
void 0&&!s(e.names))return!1;{if(e.action!==void 0&&!m(e.action))return!1;{if(e.errnoRet!==void 0&&!l(
e.errnoRet))return!1;if(e.args!==void 0){let i=e.args;if(Array.isArray(i)){const r=i.length;for(let f=0;f<
r;f++)if(!Q(i[f]))return!1}else return!1}}}}else return!1;return!0}function Y(e){if(e&&typeof e=="ob\
ject"&&!Array.isArray(e)){if(e.defaultAction===void 0)return!1;if(e.defaultAction!==void 0&&!m(e.defaultAction))
return!1;{if(e.defaultErrnoRet!==void 0&&!l(e.defaultErrnoRet))return!1;{if(e.architectures!==void 0&&
!s(e.architectures))return!1;{if(e.flags!==void 0&&!s(e.flags))return!1;{if(e.listenerPath!==void 0&&
typeof e.listenerPath!="string")return!1;{if(e.listenerMetadata!==void 0&&typeof e.listenerMetadata!=
"string")return!1;if(e.syscalls!==void 0){let i=e.syscalls;if(Array.isArray(i)){const r=i.length;for(let f=0;f<
r;f++)if(!V(i[f]))return!1}else return!1}}}}}}}else return!1;return!0}function $(e){if(e&&typeof e==
"object"&&!Array.isArray(e)){if(e.domain!==void 0&&typeof e.domain!="string"||e.flags!==void 0&&!s(e.
flags))return!1}else return!1;return!0}function J(e){if(e&&typeof e=="object"&&!Array.isArray(e)){if(e.
namespaces!==void 0){let i=e.namespaces;if(Array.isArray(i)){const r=i.length;for(let f=0;f<r;f++)if(!D(
i[f]))return!1}else return!1}{if(e.uidMappings!==void 0&&!y(e.uidMappings))return!1;{if(e.gidMappings!==
void 0&&!y(e.gidMappings))return!1;{if(e.timeOffsets!==void 0){let i=e.timeOffsets;if(i&&typeof i=="\
object"&&!Array.isArray(i)){for(const r in i)if(!k(i[r]))return!1}else return!1}{if(e.devices!==void 0){
let i=e.devices;if(Array.isArray(i)){const r=i.length;for(let f=0;f<r;f++)if(!T(i[f]))return!1}else return!1}
{if(e.netDevices!==void 0){let i=e.netDevices;if(i&&typeof i=="object"&&!Array.isArray(i)){for(const r in i)
if(!I(i[r]))return!1}else return!1}if(e.cgroupsPath!==void 0&&typeof e.cgroupsPath!="string"||e.resources!==
void 0&&!H(e.resources)||e.intelRdt!==void 0&&!U(e.intelRdt)||e.memoryPolicy!==void 0&&!q(e.memoryPolicy)||
e.sysctl!==void 0&&!p(e.sysctl)||e.seccomp!==void 0&&!Y(e.seccomp)||e.rootfsPropagation!==void 0&&typeof e.
rootfsPropagation!="string"||e.maskedPaths!==void 0&&!s(e.maskedPaths)||e.readonlyPaths!==void 0&&!s(
e.readonlyPaths)||e.mountLabel!==void 0&&typeof e.mountLabel!="string"||e.personality!==void 0&&!$(e.
personality))return!1}}}}}}else return!1;return!0}function X(e){if(e&&typeof e=="object"&&!Array.isArray(
e)){if(e.root===void 0)return!1;if(e.ociVersion!==void 0&&typeof e.ociVersion!="string")return!1;{if(e.
root!==void 0&&!g(e.root))return!1;{if(e.mounts!==void 0){let i=e.mounts;if(Array.isArray(i)){const r=i.
length;for(let f=0;f<r;f++)if(!b(i[f]))return!1}else return!1}{if(e.process!==void 0&&!_(e.process))
return!1;{if(e.hostname!==void 0&&typeof e.hostname!="string")return!1;{if(e.domainname!==void 0&&typeof e.
domainname!="string")return!1;{if(e.hooks!==void 0&&!w(e.hooks))return!1;{if(e.annotations!==void 0&&
!p(e.annotations))return!1;{if(e.linux!==void 0&&!J(e.linux))return!1;{if(e.solaris!==void 0){let i=e.
solaris;if(!(i&&typeof i=="object"&&!Array.isArray(i)))return!1}{if(e.windows!==void 0){let i=e.windows;
if(!(i&&typeof i=="object"&&!Array.isArray(i)))return!1}{if(e.vm!==void 0){let i=e.vm;if(!(i&&typeof i==
"object"&&!Array.isArray(i)))return!1}{if(e.zos!==void 0){let i=e.zos;if(!(i&&typeof i=="object"&&!Array.
isArray(i)))return!1}if(e.freebsd!==void 0){let i=e.freebsd;if(!(i&&typeof i=="object"&&!Array.isArray(
i)))return!1}}}}}}}}}}}}}}else return!1;return!0}export{X as check};
