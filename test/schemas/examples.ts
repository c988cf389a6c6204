// SPDX-License-Identifier: Apache-2.0

/**
 * One config.json, as JSON text, for each group of properties that the specification
 * has (config.md, config-linux.md); `root` is added to it. Text, since some limits are
 * larger than a JavaScript number.
 */
export const EXAMPLES: Readonly<Record<string, string>> = {
  "root: a relative path, read-only": '{"root":{"path":"layers/merged","readonly":true}}',
  "mounts: a device, a bind with an ID mapping, a file system without source": `{"mounts":[
    {"destination":"/data","type":"ext4","source":"/dev/sdc1","options":["noatime","ro"]},
    {"destination":"/srv/www","source":"/home/www","options":["rbind","idmap","rslave"],
     "uidMappings":[{"containerID":0,"hostID":231072,"size":65536}],
     "gidMappings":[{"containerID":0,"hostID":231072,"size":65536}]},
    {"destination":"/proc","type":"proc"}]}`,
  "process: terminal and its size": `{"process":{"terminal":true,"cwd":"/root",
    "consoleSize":{"height":50,"width":132},"args":["/bin/bash","-l"],"env":["TERM=xterm"]}}`,
  "process: user": `{"process":{"user":{"uid":33,"gid":33,"umask":23,"additionalGids":[4,4294967294]}}}`,
  "process: capabilities": `{"process":{"capabilities":{"bounding":["CAP_CHOWN","CAP_SYSLOG"],
    "effective":["CAP_CHOWN"],"inheritable":[],"permitted":["CAP_CHOWN"],"ambient":["CAP_CHOWN"]}}}`,
  "process: limits up to none at all": `{"process":{"rlimits":[
    {"type":"RLIMIT_NOFILE","hard":524288,"soft":1024},
    {"type":"RLIMIT_CORE","hard":18446744073709551615,"soft":18446744073709551615}]}}`,
  "process: security": `{"process":{"noNewPrivileges":true,"apparmorProfile":"web-confined",
    "selinuxLabel":"system_u:system_r:container_t:s0:c17,c900","oomScoreAdj":-250}}`,
  "process: an ordinary scheduler": `{"process":{"scheduler":{"policy":"SCHED_BATCH","nice":-5,
    "flags":["SCHED_FLAG_RESET_ON_FORK"]}}}`,
  "process: the deadline scheduler": `{"process":{"scheduler":{"policy":"SCHED_DEADLINE",
    "runtime":4000000,"deadline":9000000,"period":20000000,"priority":0}}}`,
  "process: I/O priority and CPUs of exec": `{"process":{
    "ioPriority":{"class":"IOPRIO_CLASS_IDLE","priority":7},
    "execCPUAffinity":{"initial":"2","final":"0-1,4-7"}}}`,
  "host and domain name": '{"hostname":"shop-7f9","domainname":"shop.example"}',
  "hooks of all six stages": `{"hooks":{
    "prestart":[{"path":"/usr/libexec/net-setup"}],
    "createRuntime":[{"path":"/usr/libexec/net-setup","args":["net-setup","--late"]}],
    "createContainer":[{"path":"/usr/libexec/mount-more","env":["LANG=C"]}],
    "startContainer":[{"path":"/sbin/ldconfig","timeout":5}],
    "poststart":[{"path":"/usr/bin/logger","args":["logger","up"],"timeout":1}],
    "poststop":[]}}`,
  "annotations, also without a value":
    '{"annotations":{"org.example.owner":"ops","org.example.keep":""}}',
  "namespaces: each kind, made or joined": `{"linux":{"namespaces":[{"type":"mount"},
    {"type":"pid"},{"type":"network","path":"/run/netns/blue"},{"type":"ipc","path":""},
    {"type":"uts"},{"type":"user"},{"type":"cgroup"},{"type":"time"}]}}`,
  "ID mappings of several ranges": `{"linux":{
    "uidMappings":[{"containerID":0,"hostID":100000,"size":1000},{"containerID":1000,"hostID":1000,"size":1}],
    "gidMappings":[{"containerID":0,"hostID":0,"size":4294967295}]}}`,
  clocks:
    '{"linux":{"timeOffsets":{"monotonic":{"secs":86400},"boottime":{"secs":-60,"nanosecs":500}}}}',
  "devices: character, block, fifo": `{"linux":{"devices":[
    {"path":"/dev/net/tun","type":"c","major":10,"minor":200,"fileMode":432,"uid":0,"gid":104},
    {"path":"/dev/sdb","type":"b","major":8,"minor":16},{"path":"/run/pipe","type":"p"}]}}`,
  "network devices": '{"linux":{"netDevices":{"eth3":{"name":"lan0"},"ens9":{}}}}',
  "cgroup and rules for devices": `{"linux":{"cgroupsPath":"web.slice:box:7","resources":{"devices":[
    {"allow":false,"access":"rwm"},{"allow":true,"type":"c","major":226,"access":"rw"},
    {"allow":true,"type":"a"},{"allow":true,"type":"b","major":-1,"minor":-1}]}}}`,
  "memory without limit, in each spelling": `{"linux":{"resources":{"memory":{
    "limit":9223372036854771712,"reservation":268435456,"swap":-1,"kernel":-1,"kernelTCP":0,
    "swappiness":60,"disableOOMKiller":true,"useHierarchy":true,"checkBeforeUpdate":false}}}}`,
  processors: `{"linux":{"resources":{"cpu":{"shares":512,"quota":-1,"burst":2000,"period":100000,
    "realtimeRuntime":0,"realtimePeriod":1000000,"cpus":"0-3,8","mems":"1","idle":1}}}}`,
  "tasks, limited or not": '{"linux":{"resources":{"pids":{"limit":-1}}}}',
  "tasks, as 1.3 may leave them out": '{"linux":{"resources":{"pids":{}}}}',
  "block devices": `{"linux":{"resources":{"blockIO":{"weight":500,"leafWeight":10,
    "weightDevice":[{"major":8,"minor":0,"weight":700},{"major":8,"minor":32,"leafWeight":20}],
    "throttleReadBpsDevice":[{"major":8,"minor":0,"rate":1048576}],
    "throttleWriteBpsDevice":[{"major":8,"minor":0,"rate":18446744073709551615}],
    "throttleReadIOPSDevice":[{"major":259,"minor":1,"rate":4000}],
    "throttleWriteIOPSDevice":[{"major":259,"minor":1,"rate":100}]}}}}`,
  "huge pages": `{"linux":{"resources":{"hugepageLimits":[{"pageSize":"64KB","limit":0},
    {"pageSize":"1GB","limit":18446744073709551615}]}}}`,
  packets: `{"linux":{"resources":{"network":{"classID":1048577,
    "priorities":[{"name":"eth0","priority":100},{"name":"lo","priority":4294967295}]}}}}`,
  "RDMA and files of cgroup version 2": `{"linux":{"resources":{
    "rdma":{"mlx5_0":{"hcaHandles":8,"hcaObjects":5000},"mlx4_1":{}},
    "unified":{"memory.high":"805306368","io.max":"8:0 riops=200"}}}}`,
  "cache and bandwidth, as until 1.2": `{"linux":{"intelRdt":{"closID":"gold",
    "l3CacheSchema":"L3:0=ff0;1=ff0","memBwSchema":"MB:0=40;1=60","enableCMT":true,"enableMBM":false}}}`,
  "cache and bandwidth, as from 1.3": `{"linux":{"intelRdt":{"closID":"silver",
    "schemata":["L2:0=f","MB:0=30"],"enableMonitoring":true}}}`,
  "memory policy": `{"linux":{"memoryPolicy":{"mode":"MPOL_INTERLEAVE","nodes":"0-1",
    "flags":["MPOL_F_RELATIVE_NODES"]}}}`,
  "kernel parameters": '{"linux":{"sysctl":{"net.core.somaxconn":"4096","kernel.msgmax":"65536"}}}',
  "seccomp: a list of what is allowed": `{"linux":{"seccomp":{"defaultAction":"SCMP_ACT_ERRNO",
    "defaultErrnoRet":38,"architectures":["SCMP_ARCH_X86_64","SCMP_ARCH_LOONGARCH64"],
    "flags":["SECCOMP_FILTER_FLAG_SPEC_ALLOW"],"syscalls":[
    {"names":["read","write"],"action":"SCMP_ACT_ALLOW"},
    {"names":["socket"],"action":"SCMP_ACT_ERRNO","errnoRet":97,
     "args":[{"index":0,"value":40,"op":"SCMP_CMP_EQ"}]},
    {"names":["clone"],"action":"SCMP_ACT_ALLOW",
     "args":[{"index":0,"value":18446744071562067968,"valueTwo":0,"op":"SCMP_CMP_MASKED_EQ"}]}]}}}`,
  "seccomp: another process decides": `{"linux":{"seccomp":{"defaultAction":"SCMP_ACT_ALLOW",
    "listenerPath":"/run/agent.sock","listenerMetadata":"box 7",
    "syscalls":[{"names":["mknod"],"action":"SCMP_ACT_NOTIFY"}]}}}`,
  "paths and labels": `{"linux":{"rootfsPropagation":"rslave","maskedPaths":["/proc/kcore"],
    "readonlyPaths":["/proc/sys"],"mountLabel":"system_u:object_r:container_file_t:s0:c1,c2"}}`,
  "a 32-bit machine": '{"linux":{"personality":{"domain":"LINUX32","flags":[]}}}',
  "other platforms": `{"solaris":{"milestone":"svc:/milestone/container:default"},"vm":{"kernel":{"path":"/k"}},
    "windows":{"layerFolders":[]},"zos":{},"freebsd":{"jail":{}}}`,
};
