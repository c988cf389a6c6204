// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/policy.schema.json by `npm run generate`. Do not edit.
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"policy.schema.json","title":"Policy","description":"A lockc policy: what a container is admitted with, and what the kernel refuses its processes. One file per policy, NAME.yaml, in /etc/lockc/policy or among the built-in ones. A rule that is left out is inherited from the policy named by extends; without one it restricts nothing.","type":"object","additionalProperties":false,"required":["name","description"],"properties":{"name":{"description":"The policy's name, the same as its file's: lower-case letters, digits and dashes, at most 63.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"description":{"description":"One sentence that says what the policy is for.","type":"string","pattern":"\\S"},"extends":{"description":"Another policy, whose rules hold where this one says nothing.","type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},"mode":{"description":"What becomes of what a rule does not allow, for rules that have no mode of their own here, inherited ones among them. enforce: refused. audit: let through, and reported. Without it, inherited rules keep the mode they had.","enum":["enforce","audit"]},"privileged":{"title":"Privileged","description":"Containers that were started as privileged (docker run --privileged, securityContext.privileged: true), recognised by at least two marks of it. Pod Security Standards: Privileged Containers, HostProcess.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether they may start.","type":"boolean"}}},"hostNamespaces":{"title":"HostNamespaces","description":"Namespaces of the host that the container may share, told by their identity, whatever config.json calls them; with network also single network devices of the host (linux.netDevices). A mount namespace that is not new is refused all the same where the kernel holds anything of the policy, since nothing of that would hold there. Pod Security Standards: Host Namespaces.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or a list of kinds.","oneOf":[{"const":"any"},{"type":"array","items":{"enum":["pid","network","ipc","uts","cgroup","user","time","mount"]}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"enum":["pid","network","ipc","uts","cgroup","user","time","mount"]}}}},"capabilities":{"title":"Capabilities","description":"Capabilities that the container may hold, at creation and, in its own user namespace, for ever: the kernel refuses the use of any other, however it was gained. Limits, a scheduling policy or an I/O class that give what SYS_NICE would, need it here. Pod Security Standards: Capabilities.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or a list of names without CAP_ (capabilities(7)).","oneOf":[{"const":"any"},{"type":"array","items":{"enum":["CHOWN","DAC_OVERRIDE","DAC_READ_SEARCH","FOWNER","FSETID","KILL","SETGID","SETUID","SETPCAP","LINUX_IMMUTABLE","NET_BIND_SERVICE","NET_BROADCAST","NET_ADMIN","NET_RAW","IPC_LOCK","IPC_OWNER","SYS_MODULE","SYS_RAWIO","SYS_CHROOT","SYS_PTRACE","SYS_PACCT","SYS_ADMIN","SYS_BOOT","SYS_NICE","SYS_RESOURCE","SYS_TIME","SYS_TTY_CONFIG","MKNOD","LEASE","AUDIT_WRITE","AUDIT_CONTROL","SETFCAP","MAC_OVERRIDE","MAC_ADMIN","SYSLOG","WAKE_ALARM","BLOCK_SUSPEND","AUDIT_READ","PERFMON","BPF","CHECKPOINT_RESTORE"]}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"enum":["CHOWN","DAC_OVERRIDE","DAC_READ_SEARCH","FOWNER","FSETID","KILL","SETGID","SETUID","SETPCAP","LINUX_IMMUTABLE","NET_BIND_SERVICE","NET_BROADCAST","NET_ADMIN","NET_RAW","IPC_LOCK","IPC_OWNER","SYS_MODULE","SYS_RAWIO","SYS_CHROOT","SYS_PTRACE","SYS_PACCT","SYS_ADMIN","SYS_BOOT","SYS_NICE","SYS_RESOURCE","SYS_TIME","SYS_TTY_CONFIG","MKNOD","LEASE","AUDIT_WRITE","AUDIT_CONTROL","SETFCAP","MAC_OVERRIDE","MAC_ADMIN","SYSLOG","WAKE_ALARM","BLOCK_SUSPEND","AUDIT_READ","PERFMON","BPF","CHECKPOINT_RESTORE"]}}}},"hostPaths":{"title":"HostPaths","description":"Files of the host that may be mounted into the container, beyond what the engine itself keeps for it (engineRoots in the settings). A directory brings along neither an engine's root, its configuration nor lockc's own files: those need entries of their own. What is mounted below it must be an ordinary file system. A block device (/dev/disk/by-label/data) lets a volume be the disk. Pod Security Standards: HostPath Volumes, Volume Types.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or a list of places. An empty list admits none.","oneOf":[{"const":"any"},{"type":"array","items":{"$ref":"#/definitions/hostPath"}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"$ref":"#/definitions/hostPath"}}}},"engineSockets":{"title":"EngineSockets","description":"Sockets of container engines (engineSockets in the settings), alone or in a mounted directory: whoever writes to one is root on the host. Held by the kernel as well, however the socket is reached.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether they may be mounted, as far as hostPaths allows them.","type":"boolean"}}},"mountTypes":{"title":"MountTypes","description":"File systems that the runtime may mount for the container; bind mounts are the affair of hostPaths.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or a list of types such as proc, sysfs, tmpfs.","oneOf":[{"const":"any"},{"type":"array","items":{"type":"string","pattern":"^[a-z0-9._-]+$"}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"type":"string","pattern":"^[a-z0-9._-]+$"}}}},"sharedMounts":{"title":"SharedMounts","description":"Mounts whose changes travel from the container to the host: the options shared and rshared, and rootfsPropagation shared.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether config.json may ask for them.","type":"boolean"}}},"devices":{"title":"Devices","description":"Device nodes, and device cgroup rules that open more than them, beyond those every container has (null, zero, full, random, urandom, tty, ptmx, pts; console, but not to open the host's). Block devices count as well. Held by the kernel as well: others are neither opened nor made.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or a list of devices.","oneOf":[{"const":"any"},{"type":"array","items":{"$ref":"#/definitions/device"}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"$ref":"#/definitions/device"}}}},"sysctls":{"title":"Sysctls","description":"Kernel parameters that config.json may set. Pod Security Standards: Sysctls.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or a list of names; net.ipv4.* means all that begin so.","oneOf":[{"const":"any"},{"type":"array","items":{"type":"string","pattern":"^[a-z0-9_./*-]+$"}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"type":"string","pattern":"^[a-z0-9_./*-]+$"}}}},"seccomp":{"title":"Seccomp","description":"The system call filter. A filter that denies nothing is none. Pod Security Standards: Seccomp.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"require":{"description":"always: there must be one. kept: the one that the engine gives on its own must not have been switched off; where an engine gives none (ctr, a kubelet without defaults) none is needed. never: none is needed.","enum":["always","kept","never"]}}},"apparmor":{"title":"AppArmor","description":"The AppArmor profile, on hosts where engines can give one; unconfined is none. Pod Security Standards: AppArmor.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"require":{"description":"always: there must be one. kept: the one that the engine gives on its own must not have been switched off; where an engine gives none (ctr, a kubelet without defaults) none is needed. never: none is needed.","enum":["always","kept","never"]}}},"selinuxTypes":{"title":"SELinuxTypes","description":"SELinux types of process and mounts, on hosts with SELinux; user and role must be the engine's own unless \"any\" is allowed. Pod Security Standards: SELinux.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or a list of types.","oneOf":[{"const":"any"},{"type":"array","items":{"type":"string","pattern":"^[A-Za-z0-9_]+$"}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"type":"string","pattern":"^[A-Za-z0-9_]+$"}}}},"maskedPaths":{"title":"MaskedPaths","description":"Files of /proc and /sys that must be hidden in the container, as far as the host has them. Pod Security Standards: /proc Mount Type.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"require":{"description":"Paths of which each, or a directory above it, must be in linux.maskedPaths.","type":"array","items":{"type":"string","pattern":"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"}},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"type":"string","pattern":"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"}},"unlessUserNamespace":{"description":"true: not needed in a container whose root is an ordinary user of the host (a user namespace of its own).","type":"boolean"}}},"readonlyPaths":{"title":"ReadonlyPaths","description":"Files of /proc and /sys that must be read-only in the container, as far as the host has them. Pod Security Standards: /proc Mount Type.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"require":{"description":"Paths of which each, or a directory above it, must be in linux.readonlyPaths or linux.maskedPaths.","type":"array","items":{"type":"string","pattern":"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"}},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"type":"string","pattern":"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"}},"unlessUserNamespace":{"description":"true: not needed in a container whose root is an ordinary user of the host (a user namespace of its own).","type":"boolean"}}},"nonRoot":{"title":"NonRoot","description":"Whom the container's processes run as. Held by the kernel as well: nobody in it becomes the host's user 0 later. Pod Security Standards: Running as Non-root.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"require":{"description":"true: not as user 0, unless a user namespace makes that an ordinary user of the host.","type":"boolean"}}},"groups":{"title":"Groups","description":"Groups that open more than files of one's own.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or which of these the process may be in: root (group 0 of a process that is not user 0), engine (the group of an engine's socket).","oneOf":[{"const":"any"},{"type":"array","items":{"enum":["root","engine"]}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"enum":["root","engine"]}}}},"noNewPrivileges":{"title":"NoNewPrivileges","description":"Whether setuid programs and file capabilities may give more than the caller has. Held by the kernel as well, for processes that were started without the flag. Pod Security Standards: Privilege Escalation.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"require":{"description":"true: process.noNewPrivileges must be true.","type":"boolean"}}},"oomScoreAdj":{"title":"OomScoreAdj","description":"How well the container is protected from the kernel's out-of-memory killer, at the cost of others. Kubernetes sets it by itself for a pod's class; that passes.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"min":{"description":"The lowest process.oomScoreAdj, -1000 to 1000.","type":"integer","minimum":-1000,"maximum":1000}}},"hooks":{"title":"Hooks","description":"Programs that the runtime runs on the host at stages of the container's life, and the socket (linux.seccomp.listenerPath) of the one that decides system calls for it. startContainer hooks run inside and are judged as the container is.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\"; \"trusted\": programs and sockets outside the container's files that only root can change; or a list of trusted ones.","oneOf":[{"enum":["any","trusted"]},{"type":"array","items":{"type":"string","pattern":"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"}}]}}},"hookEnvironment":{"title":"HookEnvironment","description":"Variables of the container's environment that steer loaders and interpreters (LD_PRELOAD, BASH_ENV, PYTHONSTARTUP, …; of PATH, HOME, LD_LIBRARY_PATH and the like: where they lead), when a createContainer hook runs with them on the host. A hook that has an environment of its own is not meant.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or a list of names; PYTHON* means all that begin so.","oneOf":[{"const":"any"},{"type":"array","items":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*\\*?$"}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*\\*?$"}}}},"unsafeAnnotations":{"title":"UnsafeAnnotations","description":"Annotations that change what the runtime does on the host (crun's run.oci.*, systemd unit properties, CRIU's configuration, and what the runtime itself calls potentially unsafe).","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or a list of names; org.systemd.property.* means all that begin so.","oneOf":[{"const":"any"},{"type":"array","items":{"type":"string","pattern":"\\S"}}]},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"type":"string","pattern":"\\S"}}}},"hostFiles":{"title":"HostFiles","description":"Files of mounts that the container was not given, however its processes get at them. Held by the kernel, at any time.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether they may be used.","type":"boolean"}}},"mounting":{"title":"Mounting","description":"Making, moving, changing and removing mounts from inside. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"kernelLog":{"title":"KernelLog","description":"Reading and changing the kernel log (dmesg). Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"bpf":{"title":"Bpf","description":"The bpf system call and files of bpffs, through which lockc itself could be taken off. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether they may be used.","type":"boolean"}}},"otherProcesses":{"title":"OtherProcesses","description":"Tracing, signalling and changing processes that are not the container's own, its runtime among them (CVE-2019-5736): ptrace(2) and all that asks for the same right, kill(2), setpriority(2), prlimit(2). Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"perf":{"title":"Perf","description":"The performance counters of perf_event_open(2), which tell of the kernel and of others. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether they may be used.","type":"boolean"}}},"kernelModules":{"title":"KernelModules","description":"Loading code into the kernel: modules, firmware, another kernel. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"moduleRequests":{"title":"ModuleRequests","description":"Making the kernel load a module that it misses, by asking for a kind of socket or file system that nobody uses yet. Such modules are seldom well tested. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether it then loads one.","type":"boolean"}}},"keyrings":{"title":"Keyrings","description":"The kernel's key retention service, keyctl(2), whose keys belong to users whatever container they are in. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether it may be used.","type":"boolean"}}},"kernelLockdown":{"title":"KernelLockdown","description":"What kernel_lockdown(7) forbids, for the container alone: raw memory, input and output ports, unsigned modules and the like. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"filelessPrograms":{"title":"FilelessPrograms","description":"Executing a file that has no name, which is how intruders leave no trace (memfd_create(2)). Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"filelessMappings":{"title":"FilelessMappings","description":"Mapping a file that has no name as code, as .NET does. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"setuidFiles":{"title":"SetuidFiles","description":"Leaving set-user-ID or set-group-ID files, programs with capabilities, or device nodes in directories of the host (hostPaths), where its users find them. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"terminalInjection":{"title":"TerminalInjection","description":"Typing into a terminal on behalf of whoever sits there (ioctl TIOCSTI, TIOCLINUX), taking what is written to the console (TIOCCONS). Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"abstractSockets":{"title":"AbstractSockets","description":"Sockets of the host that no file and no network namespace keeps apart: abstract UNIX sockets of others, where the container shares the host's network (CVE-2020-15257), and sockets of the families AF_VSOCK, AF_RDS, AF_QIPCRTR, AF_ISDN and AF_IUCV everywhere. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether they may be connected to, or made.","type":"boolean"}}},"serviceAccountToken":{"title":"ServiceAccountToken","description":"Opening what has the token of the container's Kubernetes service account: what is mounted at /var/run/secrets/kubernetes.io/serviceaccount, and the kubelet's projected volume with a token wherever it is mounted. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"userNamespaces":{"title":"UserNamespaces","description":"Making user namespaces from inside, which opens much of the kernel to ordinary users. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"Whether that is possible.","type":"boolean"}}},"network":{"title":"Network","description":"How far sockets reach. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"allow":{"description":"\"any\", or \"loopback\": UNIX sockets and the container's own loopback addresses only.","enum":["any","loopback"]}}},"pseudoFiles":{"title":"PseudoFiles","description":"Files of proc, sysfs and the kernel's other file systems by the path inside, wherever they are mounted. Held by the kernel.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"mode":{"$ref":"#/definitions/mode"},"restrict":{"description":"What is less than readable and writable; of several that fit, the one that reaches deepest decides. Without the rule, or with an empty list, nothing is.","type":"array","items":{"$ref":"#/definitions/pseudoFile"}},"add":{"description":"Added to the list that extends brings.","type":"array","items":{"$ref":"#/definitions/pseudoFile"}}}}},"definitions":{"mode":{"description":"What becomes of what this rule does not allow. enforce: refused. audit: let through, and reported. Default: the policy's mode; where it has none, the mode of the same rule in the policy named by extends; else enforce.","enum":["enforce","audit"]},"hostPath":{"title":"HostPath","description":"One place of the host. The mount's source is compared after symbolic links are resolved.","type":"object","additionalProperties":false,"required":["path","access"],"properties":{"path":{"description":"An absolute path without \".\", \"..\" or doubled slashes. /srv means /srv and all below it; /home/* means what is below /home but not /home itself; / means every place.","type":"string","pattern":"^(/|(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?)$"},"access":{"description":"read-only: only mounts with the option ro. read-write: both. read-all: only with ro, and with engines' and lockc's own files that lie there; no socket there is connected to.","enum":["read-only","read-write","read-all"]}}},"device":{"title":"Device","description":"A device: the one that the host has at a path, or one by its numbers.","oneOf":[{"title":"DeviceByPath","description":"The device that the host has at this path: for the kernel the one that was there when policies were loaded or reloaded.","type":"object","additionalProperties":false,"required":["path","access"],"properties":{"path":{"description":"Absolute path on the host.","type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},"access":{"$ref":"#/definitions/deviceAccess"}}},{"title":"DeviceByNumber","description":"Devices by their numbers.","type":"object","additionalProperties":false,"required":["type","major","minor","access"],"properties":{"type":{"description":"c: character device. b: block device.","enum":["c","b"]},"major":{"description":"Major number (Documentation/admin-guide/devices.txt of Linux).","type":"integer","minimum":0,"maximum":4095},"minor":{"description":"Minor number, or any.","oneOf":[{"const":"any"},{"type":"integer","minimum":0,"maximum":1048575}]},"access":{"$ref":"#/definitions/deviceAccess"}}}]},"deviceAccess":{"description":"What the container may do with it, some of r (read), w (write), m (make nodes of it), in this order.","type":"string","pattern":"^(?=[rwm])r?w?m?$"},"pseudoFile":{"title":"PseudoFile","description":"A file or directory of one of the kernel's own file systems, and all below it.","type":"object","additionalProperties":false,"required":["filesystem","path","access"],"properties":{"filesystem":{"description":"Which file system. devtmpfs is the host's /dev; opening its devices is the affair of the rule devices.","enum":["proc","sysfs","binfmt_misc","cgroup","cgroup2","configfs","debugfs","devtmpfs","efivarfs","fusectl","pstore","securityfs","tracefs"]},"path":{"description":"Path inside the file system: /kcore is /proc/kcore; / is all of it. In proc, /self is every process's directory. ** before the last component holds for that one anywhere below: /devices/**/block.","type":"string","pattern":"^/$|^(?!.*/\\*\\*(/[^/]*/|$))(/(?!\\.{1,2}(/|$))[^/\\u0000]{1,63}){1,8}$"},"access":{"description":"none: not to be opened. read-only: not for writing. own-cgroup: of cgroup2 only, for writing in the container's own cgroup and below, where it cannot change the limits that it was given. read-write: as if nothing were said, below a path that is restricted.","enum":["none","read-only","own-cgroup","read-write"]}}}}};
const schema12 = {"description":"What becomes of what this rule does not allow. enforce: refused. audit: let through, and reported. Default: the policy's mode; where it has none, the mode of the same rule in the policy named by extends; else enforce.","enum":["enforce","audit"]};
const schema16 = {"title":"HostPath","description":"One place of the host. The mount's source is compared after symbolic links are resolved.","type":"object","additionalProperties":false,"required":["path","access"],"properties":{"path":{"description":"An absolute path without \".\", \"..\" or doubled slashes. /srv means /srv and all below it; /home/* means what is below /home but not /home itself; / means every place.","type":"string","pattern":"^(/|(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?)$"},"access":{"description":"read-only: only mounts with the option ro. read-write: both. read-all: only with ro, and with engines' and lockc's own files that lie there; no socket there is connected to.","enum":["read-only","read-write","read-all"]}}};
const schema57 = {"title":"PseudoFile","description":"A file or directory of one of the kernel's own file systems, and all below it.","type":"object","additionalProperties":false,"required":["filesystem","path","access"],"properties":{"filesystem":{"description":"Which file system. devtmpfs is the host's /dev; opening its devices is the affair of the rule devices.","enum":["proc","sysfs","binfmt_misc","cgroup","cgroup2","configfs","debugfs","devtmpfs","efivarfs","fusectl","pstore","securityfs","tracefs"]},"path":{"description":"Path inside the file system: /kcore is /proc/kcore; / is all of it. In proc, /self is every process's directory. ** before the last component holds for that one anywhere below: /devices/**/block.","type":"string","pattern":"^/$|^(?!.*/\\*\\*(/[^/]*/|$))(/(?!\\.{1,2}(/|$))[^/\\u0000]{1,63}){1,8}$"},"access":{"description":"none: not to be opened. read-only: not for writing. own-cgroup: of cgroup2 only, for writing in the container's own cgroup and below, where it cannot change the limits that it was given. read-write: as if nothing were said, below a path that is restricted.","enum":["none","read-only","own-cgroup","read-write"]}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "u");
const pattern1 = new RegExp("\\S", "u");
const pattern3 = new RegExp("^(/|(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?)$", "u");
const pattern5 = new RegExp("^[a-z0-9._-]+$", "u");
const pattern10 = new RegExp("^[a-z0-9_./*-]+$", "u");
const pattern12 = new RegExp("^[A-Za-z0-9_]+$", "u");
const pattern14 = new RegExp("^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$", "u");
const pattern19 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*\\*?$", "u");
const pattern23 = new RegExp("^/$|^(?!.*/\\*\\*(/[^/]*/|$))(/(?!\\.{1,2}(/|$))[^/\\u0000]{1,63}){1,8}$", "u");
const schema22 = {"title":"Device","description":"A device: the one that the host has at a path, or one by its numbers.","oneOf":[{"title":"DeviceByPath","description":"The device that the host has at this path: for the kernel the one that was there when policies were loaded or reloaded.","type":"object","additionalProperties":false,"required":["path","access"],"properties":{"path":{"description":"Absolute path on the host.","type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},"access":{"$ref":"#/definitions/deviceAccess"}}},{"title":"DeviceByNumber","description":"Devices by their numbers.","type":"object","additionalProperties":false,"required":["type","major","minor","access"],"properties":{"type":{"description":"c: character device. b: block device.","enum":["c","b"]},"major":{"description":"Major number (Documentation/admin-guide/devices.txt of Linux).","type":"integer","minimum":0,"maximum":4095},"minor":{"description":"Minor number, or any.","oneOf":[{"const":"any"},{"type":"integer","minimum":0,"maximum":1048575}]},"access":{"$ref":"#/definitions/deviceAccess"}}}]};
const schema23 = {"description":"What the container may do with it, some of r (read), w (write), m (make nodes of it), in this order.","type":"string","pattern":"^(?=[rwm])r?w?m?$"};
const pattern7 = new RegExp("^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$", "u");
const pattern8 = new RegExp("^(?=[rwm])r?w?m?$", "u");

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
let passing0 = null;
const _errs1 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.access === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "access"},message:"must have required property '"+"access"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "path") || (key0 === "access"))){
const err2 = {instancePath,schemaPath:"#/oneOf/0/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.path !== undefined){
let data0 = data.path;
if(typeof data0 === "string"){
if(!pattern7.test(data0)){
const err3 = {instancePath:instancePath+"/path",schemaPath:"#/oneOf/0/properties/path/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
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
const err4 = {instancePath:instancePath+"/path",schemaPath:"#/oneOf/0/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.access !== undefined){
let data1 = data.access;
if(typeof data1 === "string"){
if(!pattern8.test(data1)){
const err5 = {instancePath:instancePath+"/access",schemaPath:"#/definitions/deviceAccess/pattern",keyword:"pattern",params:{pattern: "^(?=[rwm])r?w?m?$"},message:"must match pattern \""+"^(?=[rwm])r?w?m?$"+"\""};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/access",schemaPath:"#/definitions/deviceAccess/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs1 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs9 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err8 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data.major === undefined){
const err9 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "major"},message:"must have required property '"+"major"+"'"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.minor === undefined){
const err10 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "minor"},message:"must have required property '"+"minor"+"'"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.access === undefined){
const err11 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "access"},message:"must have required property '"+"access"+"'"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
for(const key1 in data){
if(!((((key1 === "type") || (key1 === "major")) || (key1 === "minor")) || (key1 === "access"))){
const err12 = {instancePath,schemaPath:"#/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.type !== undefined){
let data2 = data.type;
if(!((data2 === "c") || (data2 === "b"))){
const err13 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/1/properties/type/enum",keyword:"enum",params:{allowedValues: schema22.oneOf[1].properties.type.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.major !== undefined){
let data3 = data.major;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err14 = {instancePath:instancePath+"/major",schemaPath:"#/oneOf/1/properties/major/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 4095 || isNaN(data3)){
const err15 = {instancePath:instancePath+"/major",schemaPath:"#/oneOf/1/properties/major/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4095},message:"must be <= 4095"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err16 = {instancePath:instancePath+"/major",schemaPath:"#/oneOf/1/properties/major/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data.minor !== undefined){
let data4 = data.minor;
const _errs16 = errors;
let valid4 = false;
let passing1 = null;
const _errs17 = errors;
if("any" !== data4){
const err17 = {instancePath:instancePath+"/minor",schemaPath:"#/oneOf/1/properties/minor/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
var _valid1 = _errs17 === errors;
if(_valid1){
valid4 = true;
passing1 = 0;
}
const _errs18 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err18 = {instancePath:instancePath+"/minor",schemaPath:"#/oneOf/1/properties/minor/oneOf/1/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1048575 || isNaN(data4)){
const err19 = {instancePath:instancePath+"/minor",schemaPath:"#/oneOf/1/properties/minor/oneOf/1/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048575},message:"must be <= 1048575"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err20 = {instancePath:instancePath+"/minor",schemaPath:"#/oneOf/1/properties/minor/oneOf/1/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
var _valid1 = _errs18 === errors;
if(_valid1 && valid4){
valid4 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid4 = true;
passing1 = 1;
}
}
if(!valid4){
const err21 = {instancePath:instancePath+"/minor",schemaPath:"#/oneOf/1/properties/minor/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
else {
errors = _errs16;
if(vErrors !== null){
if(_errs16){
vErrors.length = _errs16;
}
else {
vErrors = null;
}
}
}
}
if(data.access !== undefined){
let data5 = data.access;
if(typeof data5 === "string"){
if(!pattern8.test(data5)){
const err22 = {instancePath:instancePath+"/access",schemaPath:"#/definitions/deviceAccess/pattern",keyword:"pattern",params:{pattern: "^(?=[rwm])r?w?m?$"},message:"must match pattern \""+"^(?=[rwm])r?w?m?$"+"\""};
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
const err23 = {instancePath:instancePath+"/access",schemaPath:"#/definitions/deviceAccess/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
var _valid0 = _errs9 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
}
if(!valid0){
const err25 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate11.errors = vErrors;
return errors === 0;
}


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
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
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
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.description !== undefined){
let data1 = data.description;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
const err5 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.extends !== undefined){
let data2 = data.extends;
if(typeof data2 === "string"){
if(!pattern0.test(data2)){
const err7 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"+"\""};
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
const err8 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.mode !== undefined){
let data3 = data.mode;
if(!((data3 === "enforce") || (data3 === "audit"))){
const err9 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/enum",keyword:"enum",params:{allowedValues: schema11.properties.mode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.privileged !== undefined){
let data4 = data.privileged;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length < 1){
const err10 = {instancePath:instancePath+"/privileged",schemaPath:"#/properties/privileged/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
for(const key1 in data4){
if(!((key1 === "mode") || (key1 === "allow"))){
const err11 = {instancePath:instancePath+"/privileged",schemaPath:"#/properties/privileged/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data4.mode !== undefined){
let data5 = data4.mode;
if(!((data5 === "enforce") || (data5 === "audit"))){
const err12 = {instancePath:instancePath+"/privileged/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data4.allow !== undefined){
if(typeof data4.allow !== "boolean"){
const err13 = {instancePath:instancePath+"/privileged/allow",schemaPath:"#/properties/privileged/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/privileged",schemaPath:"#/properties/privileged/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.hostNamespaces !== undefined){
let data7 = data.hostNamespaces;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length < 1){
const err15 = {instancePath:instancePath+"/hostNamespaces",schemaPath:"#/properties/hostNamespaces/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
for(const key2 in data7){
if(!(((key2 === "mode") || (key2 === "allow")) || (key2 === "add"))){
const err16 = {instancePath:instancePath+"/hostNamespaces",schemaPath:"#/properties/hostNamespaces/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data7.mode !== undefined){
let data8 = data7.mode;
if(!((data8 === "enforce") || (data8 === "audit"))){
const err17 = {instancePath:instancePath+"/hostNamespaces/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data7.allow !== undefined){
let data9 = data7.allow;
const _errs22 = errors;
let valid5 = false;
let passing0 = null;
const _errs23 = errors;
if("any" !== data9){
const err18 = {instancePath:instancePath+"/hostNamespaces/allow",schemaPath:"#/properties/hostNamespaces/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid0 = _errs23 === errors;
if(_valid0){
valid5 = true;
passing0 = 0;
}
const _errs24 = errors;
if(Array.isArray(data9)){
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(!((((((((data10 === "pid") || (data10 === "network")) || (data10 === "ipc")) || (data10 === "uts")) || (data10 === "cgroup")) || (data10 === "user")) || (data10 === "time")) || (data10 === "mount"))){
const err19 = {instancePath:instancePath+"/hostNamespaces/allow/" + i0,schemaPath:"#/properties/hostNamespaces/properties/allow/oneOf/1/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.hostNamespaces.properties.allow.oneOf[1].items.enum},message:"must be equal to one of the allowed values"};
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
const err20 = {instancePath:instancePath+"/hostNamespaces/allow",schemaPath:"#/properties/hostNamespaces/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
var _valid0 = _errs24 === errors;
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
const err21 = {instancePath:instancePath+"/hostNamespaces/allow",schemaPath:"#/properties/hostNamespaces/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
else {
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
}
}
if(data7.add !== undefined){
let data11 = data7.add;
if(Array.isArray(data11)){
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
let data12 = data11[i1];
if(!((((((((data12 === "pid") || (data12 === "network")) || (data12 === "ipc")) || (data12 === "uts")) || (data12 === "cgroup")) || (data12 === "user")) || (data12 === "time")) || (data12 === "mount"))){
const err22 = {instancePath:instancePath+"/hostNamespaces/add/" + i1,schemaPath:"#/properties/hostNamespaces/properties/add/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.hostNamespaces.properties.add.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/hostNamespaces/add",schemaPath:"#/properties/hostNamespaces/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/hostNamespaces",schemaPath:"#/properties/hostNamespaces/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.capabilities !== undefined){
let data13 = data.capabilities;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(Object.keys(data13).length < 1){
const err25 = {instancePath:instancePath+"/capabilities",schemaPath:"#/properties/capabilities/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key3 in data13){
if(!(((key3 === "mode") || (key3 === "allow")) || (key3 === "add"))){
const err26 = {instancePath:instancePath+"/capabilities",schemaPath:"#/properties/capabilities/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data13.mode !== undefined){
let data14 = data13.mode;
if(!((data14 === "enforce") || (data14 === "audit"))){
const err27 = {instancePath:instancePath+"/capabilities/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data13.allow !== undefined){
let data15 = data13.allow;
const _errs36 = errors;
let valid12 = false;
let passing1 = null;
const _errs37 = errors;
if("any" !== data15){
const err28 = {instancePath:instancePath+"/capabilities/allow",schemaPath:"#/properties/capabilities/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
var _valid1 = _errs37 === errors;
if(_valid1){
valid12 = true;
passing1 = 0;
}
const _errs38 = errors;
if(Array.isArray(data15)){
const len2 = data15.length;
for(let i2=0; i2<len2; i2++){
let data16 = data15[i2];
if(!(((((((((((((((((((((((((((((((((((((((((data16 === "CHOWN") || (data16 === "DAC_OVERRIDE")) || (data16 === "DAC_READ_SEARCH")) || (data16 === "FOWNER")) || (data16 === "FSETID")) || (data16 === "KILL")) || (data16 === "SETGID")) || (data16 === "SETUID")) || (data16 === "SETPCAP")) || (data16 === "LINUX_IMMUTABLE")) || (data16 === "NET_BIND_SERVICE")) || (data16 === "NET_BROADCAST")) || (data16 === "NET_ADMIN")) || (data16 === "NET_RAW")) || (data16 === "IPC_LOCK")) || (data16 === "IPC_OWNER")) || (data16 === "SYS_MODULE")) || (data16 === "SYS_RAWIO")) || (data16 === "SYS_CHROOT")) || (data16 === "SYS_PTRACE")) || (data16 === "SYS_PACCT")) || (data16 === "SYS_ADMIN")) || (data16 === "SYS_BOOT")) || (data16 === "SYS_NICE")) || (data16 === "SYS_RESOURCE")) || (data16 === "SYS_TIME")) || (data16 === "SYS_TTY_CONFIG")) || (data16 === "MKNOD")) || (data16 === "LEASE")) || (data16 === "AUDIT_WRITE")) || (data16 === "AUDIT_CONTROL")) || (data16 === "SETFCAP")) || (data16 === "MAC_OVERRIDE")) || (data16 === "MAC_ADMIN")) || (data16 === "SYSLOG")) || (data16 === "WAKE_ALARM")) || (data16 === "BLOCK_SUSPEND")) || (data16 === "AUDIT_READ")) || (data16 === "PERFMON")) || (data16 === "BPF")) || (data16 === "CHECKPOINT_RESTORE"))){
const err29 = {instancePath:instancePath+"/capabilities/allow/" + i2,schemaPath:"#/properties/capabilities/properties/allow/oneOf/1/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.capabilities.properties.allow.oneOf[1].items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/capabilities/allow",schemaPath:"#/properties/capabilities/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
var _valid1 = _errs38 === errors;
if(_valid1 && valid12){
valid12 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid12 = true;
passing1 = 1;
}
}
if(!valid12){
const err31 = {instancePath:instancePath+"/capabilities/allow",schemaPath:"#/properties/capabilities/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
else {
errors = _errs36;
if(vErrors !== null){
if(_errs36){
vErrors.length = _errs36;
}
else {
vErrors = null;
}
}
}
}
if(data13.add !== undefined){
let data17 = data13.add;
if(Array.isArray(data17)){
const len3 = data17.length;
for(let i3=0; i3<len3; i3++){
let data18 = data17[i3];
if(!(((((((((((((((((((((((((((((((((((((((((data18 === "CHOWN") || (data18 === "DAC_OVERRIDE")) || (data18 === "DAC_READ_SEARCH")) || (data18 === "FOWNER")) || (data18 === "FSETID")) || (data18 === "KILL")) || (data18 === "SETGID")) || (data18 === "SETUID")) || (data18 === "SETPCAP")) || (data18 === "LINUX_IMMUTABLE")) || (data18 === "NET_BIND_SERVICE")) || (data18 === "NET_BROADCAST")) || (data18 === "NET_ADMIN")) || (data18 === "NET_RAW")) || (data18 === "IPC_LOCK")) || (data18 === "IPC_OWNER")) || (data18 === "SYS_MODULE")) || (data18 === "SYS_RAWIO")) || (data18 === "SYS_CHROOT")) || (data18 === "SYS_PTRACE")) || (data18 === "SYS_PACCT")) || (data18 === "SYS_ADMIN")) || (data18 === "SYS_BOOT")) || (data18 === "SYS_NICE")) || (data18 === "SYS_RESOURCE")) || (data18 === "SYS_TIME")) || (data18 === "SYS_TTY_CONFIG")) || (data18 === "MKNOD")) || (data18 === "LEASE")) || (data18 === "AUDIT_WRITE")) || (data18 === "AUDIT_CONTROL")) || (data18 === "SETFCAP")) || (data18 === "MAC_OVERRIDE")) || (data18 === "MAC_ADMIN")) || (data18 === "SYSLOG")) || (data18 === "WAKE_ALARM")) || (data18 === "BLOCK_SUSPEND")) || (data18 === "AUDIT_READ")) || (data18 === "PERFMON")) || (data18 === "BPF")) || (data18 === "CHECKPOINT_RESTORE"))){
const err32 = {instancePath:instancePath+"/capabilities/add/" + i3,schemaPath:"#/properties/capabilities/properties/add/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.capabilities.properties.add.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/capabilities/add",schemaPath:"#/properties/capabilities/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err34 = {instancePath:instancePath+"/capabilities",schemaPath:"#/properties/capabilities/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.hostPaths !== undefined){
let data19 = data.hostPaths;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(Object.keys(data19).length < 1){
const err35 = {instancePath:instancePath+"/hostPaths",schemaPath:"#/properties/hostPaths/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
for(const key4 in data19){
if(!(((key4 === "mode") || (key4 === "allow")) || (key4 === "add"))){
const err36 = {instancePath:instancePath+"/hostPaths",schemaPath:"#/properties/hostPaths/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data19.mode !== undefined){
let data20 = data19.mode;
if(!((data20 === "enforce") || (data20 === "audit"))){
const err37 = {instancePath:instancePath+"/hostPaths/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data19.allow !== undefined){
let data21 = data19.allow;
const _errs50 = errors;
let valid19 = false;
let passing2 = null;
const _errs51 = errors;
if("any" !== data21){
const err38 = {instancePath:instancePath+"/hostPaths/allow",schemaPath:"#/properties/hostPaths/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
var _valid2 = _errs51 === errors;
if(_valid2){
valid19 = true;
passing2 = 0;
}
const _errs52 = errors;
if(Array.isArray(data21)){
const len4 = data21.length;
for(let i4=0; i4<len4; i4++){
let data22 = data21[i4];
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.path === undefined){
const err39 = {instancePath:instancePath+"/hostPaths/allow/" + i4,schemaPath:"#/definitions/hostPath/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data22.access === undefined){
const err40 = {instancePath:instancePath+"/hostPaths/allow/" + i4,schemaPath:"#/definitions/hostPath/required",keyword:"required",params:{missingProperty: "access"},message:"must have required property '"+"access"+"'"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
for(const key5 in data22){
if(!((key5 === "path") || (key5 === "access"))){
const err41 = {instancePath:instancePath+"/hostPaths/allow/" + i4,schemaPath:"#/definitions/hostPath/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data22.path !== undefined){
let data23 = data22.path;
if(typeof data23 === "string"){
if(!pattern3.test(data23)){
const err42 = {instancePath:instancePath+"/hostPaths/allow/" + i4+"/path",schemaPath:"#/definitions/hostPath/properties/path/pattern",keyword:"pattern",params:{pattern: "^(/|(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?)$"},message:"must match pattern \""+"^(/|(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?)$"+"\""};
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
const err43 = {instancePath:instancePath+"/hostPaths/allow/" + i4+"/path",schemaPath:"#/definitions/hostPath/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data22.access !== undefined){
let data24 = data22.access;
if(!(((data24 === "read-only") || (data24 === "read-write")) || (data24 === "read-all"))){
const err44 = {instancePath:instancePath+"/hostPaths/allow/" + i4+"/access",schemaPath:"#/definitions/hostPath/properties/access/enum",keyword:"enum",params:{allowedValues: schema16.properties.access.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/hostPaths/allow/" + i4,schemaPath:"#/definitions/hostPath/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
else {
const err46 = {instancePath:instancePath+"/hostPaths/allow",schemaPath:"#/properties/hostPaths/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
var _valid2 = _errs52 === errors;
if(_valid2 && valid19){
valid19 = false;
passing2 = [passing2, 1];
}
else {
if(_valid2){
valid19 = true;
passing2 = 1;
}
}
if(!valid19){
const err47 = {instancePath:instancePath+"/hostPaths/allow",schemaPath:"#/properties/hostPaths/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing2},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
else {
errors = _errs50;
if(vErrors !== null){
if(_errs50){
vErrors.length = _errs50;
}
else {
vErrors = null;
}
}
}
}
if(data19.add !== undefined){
let data25 = data19.add;
if(Array.isArray(data25)){
const len5 = data25.length;
for(let i5=0; i5<len5; i5++){
let data26 = data25[i5];
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(data26.path === undefined){
const err48 = {instancePath:instancePath+"/hostPaths/add/" + i5,schemaPath:"#/definitions/hostPath/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data26.access === undefined){
const err49 = {instancePath:instancePath+"/hostPaths/add/" + i5,schemaPath:"#/definitions/hostPath/required",keyword:"required",params:{missingProperty: "access"},message:"must have required property '"+"access"+"'"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
for(const key6 in data26){
if(!((key6 === "path") || (key6 === "access"))){
const err50 = {instancePath:instancePath+"/hostPaths/add/" + i5,schemaPath:"#/definitions/hostPath/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data26.path !== undefined){
let data27 = data26.path;
if(typeof data27 === "string"){
if(!pattern3.test(data27)){
const err51 = {instancePath:instancePath+"/hostPaths/add/" + i5+"/path",schemaPath:"#/definitions/hostPath/properties/path/pattern",keyword:"pattern",params:{pattern: "^(/|(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?)$"},message:"must match pattern \""+"^(/|(/(?!\\.{1,2}(/|$))[^/*\\u0000]+)+(/\\*)?)$"+"\""};
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
const err52 = {instancePath:instancePath+"/hostPaths/add/" + i5+"/path",schemaPath:"#/definitions/hostPath/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data26.access !== undefined){
let data28 = data26.access;
if(!(((data28 === "read-only") || (data28 === "read-write")) || (data28 === "read-all"))){
const err53 = {instancePath:instancePath+"/hostPaths/add/" + i5+"/access",schemaPath:"#/definitions/hostPath/properties/access/enum",keyword:"enum",params:{allowedValues: schema16.properties.access.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
else {
const err54 = {instancePath:instancePath+"/hostPaths/add/" + i5,schemaPath:"#/definitions/hostPath/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/hostPaths/add",schemaPath:"#/properties/hostPaths/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err56 = {instancePath:instancePath+"/hostPaths",schemaPath:"#/properties/hostPaths/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data.engineSockets !== undefined){
let data29 = data.engineSockets;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(Object.keys(data29).length < 1){
const err57 = {instancePath:instancePath+"/engineSockets",schemaPath:"#/properties/engineSockets/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
for(const key7 in data29){
if(!((key7 === "mode") || (key7 === "allow"))){
const err58 = {instancePath:instancePath+"/engineSockets",schemaPath:"#/properties/engineSockets/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data29.mode !== undefined){
let data30 = data29.mode;
if(!((data30 === "enforce") || (data30 === "audit"))){
const err59 = {instancePath:instancePath+"/engineSockets/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data29.allow !== undefined){
if(typeof data29.allow !== "boolean"){
const err60 = {instancePath:instancePath+"/engineSockets/allow",schemaPath:"#/properties/engineSockets/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/engineSockets",schemaPath:"#/properties/engineSockets/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data.mountTypes !== undefined){
let data32 = data.mountTypes;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
if(Object.keys(data32).length < 1){
const err62 = {instancePath:instancePath+"/mountTypes",schemaPath:"#/properties/mountTypes/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
for(const key8 in data32){
if(!(((key8 === "mode") || (key8 === "allow")) || (key8 === "add"))){
const err63 = {instancePath:instancePath+"/mountTypes",schemaPath:"#/properties/mountTypes/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data32.mode !== undefined){
let data33 = data32.mode;
if(!((data33 === "enforce") || (data33 === "audit"))){
const err64 = {instancePath:instancePath+"/mountTypes/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data32.allow !== undefined){
let data34 = data32.allow;
const _errs83 = errors;
let valid32 = false;
let passing3 = null;
const _errs84 = errors;
if("any" !== data34){
const err65 = {instancePath:instancePath+"/mountTypes/allow",schemaPath:"#/properties/mountTypes/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
var _valid3 = _errs84 === errors;
if(_valid3){
valid32 = true;
passing3 = 0;
}
const _errs85 = errors;
if(Array.isArray(data34)){
const len6 = data34.length;
for(let i6=0; i6<len6; i6++){
let data35 = data34[i6];
if(typeof data35 === "string"){
if(!pattern5.test(data35)){
const err66 = {instancePath:instancePath+"/mountTypes/allow/" + i6,schemaPath:"#/properties/mountTypes/properties/allow/oneOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9._-]+$"},message:"must match pattern \""+"^[a-z0-9._-]+$"+"\""};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
else {
const err67 = {instancePath:instancePath+"/mountTypes/allow/" + i6,schemaPath:"#/properties/mountTypes/properties/allow/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
else {
const err68 = {instancePath:instancePath+"/mountTypes/allow",schemaPath:"#/properties/mountTypes/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
var _valid3 = _errs85 === errors;
if(_valid3 && valid32){
valid32 = false;
passing3 = [passing3, 1];
}
else {
if(_valid3){
valid32 = true;
passing3 = 1;
}
}
if(!valid32){
const err69 = {instancePath:instancePath+"/mountTypes/allow",schemaPath:"#/properties/mountTypes/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing3},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
else {
errors = _errs83;
if(vErrors !== null){
if(_errs83){
vErrors.length = _errs83;
}
else {
vErrors = null;
}
}
}
}
if(data32.add !== undefined){
let data36 = data32.add;
if(Array.isArray(data36)){
const len7 = data36.length;
for(let i7=0; i7<len7; i7++){
let data37 = data36[i7];
if(typeof data37 === "string"){
if(!pattern5.test(data37)){
const err70 = {instancePath:instancePath+"/mountTypes/add/" + i7,schemaPath:"#/properties/mountTypes/properties/add/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9._-]+$"},message:"must match pattern \""+"^[a-z0-9._-]+$"+"\""};
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
const err71 = {instancePath:instancePath+"/mountTypes/add/" + i7,schemaPath:"#/properties/mountTypes/properties/add/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
else {
const err72 = {instancePath:instancePath+"/mountTypes/add",schemaPath:"#/properties/mountTypes/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err73 = {instancePath:instancePath+"/mountTypes",schemaPath:"#/properties/mountTypes/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data.sharedMounts !== undefined){
let data38 = data.sharedMounts;
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if(Object.keys(data38).length < 1){
const err74 = {instancePath:instancePath+"/sharedMounts",schemaPath:"#/properties/sharedMounts/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
for(const key9 in data38){
if(!((key9 === "mode") || (key9 === "allow"))){
const err75 = {instancePath:instancePath+"/sharedMounts",schemaPath:"#/properties/sharedMounts/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data38.mode !== undefined){
let data39 = data38.mode;
if(!((data39 === "enforce") || (data39 === "audit"))){
const err76 = {instancePath:instancePath+"/sharedMounts/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data38.allow !== undefined){
if(typeof data38.allow !== "boolean"){
const err77 = {instancePath:instancePath+"/sharedMounts/allow",schemaPath:"#/properties/sharedMounts/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
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
const err78 = {instancePath:instancePath+"/sharedMounts",schemaPath:"#/properties/sharedMounts/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data.devices !== undefined){
let data41 = data.devices;
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
if(Object.keys(data41).length < 1){
const err79 = {instancePath:instancePath+"/devices",schemaPath:"#/properties/devices/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
for(const key10 in data41){
if(!(((key10 === "mode") || (key10 === "allow")) || (key10 === "add"))){
const err80 = {instancePath:instancePath+"/devices",schemaPath:"#/properties/devices/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data41.mode !== undefined){
let data42 = data41.mode;
if(!((data42 === "enforce") || (data42 === "audit"))){
const err81 = {instancePath:instancePath+"/devices/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data41.allow !== undefined){
let data43 = data41.allow;
const _errs106 = errors;
let valid41 = false;
let passing4 = null;
const _errs107 = errors;
if("any" !== data43){
const err82 = {instancePath:instancePath+"/devices/allow",schemaPath:"#/properties/devices/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
var _valid4 = _errs107 === errors;
if(_valid4){
valid41 = true;
passing4 = 0;
}
const _errs108 = errors;
if(Array.isArray(data43)){
const len8 = data43.length;
for(let i8=0; i8<len8; i8++){
if(!(validate11(data43[i8], {instancePath:instancePath+"/devices/allow/" + i8,parentData:data43,parentDataProperty:i8,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err83 = {instancePath:instancePath+"/devices/allow",schemaPath:"#/properties/devices/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
var _valid4 = _errs108 === errors;
if(_valid4 && valid41){
valid41 = false;
passing4 = [passing4, 1];
}
else {
if(_valid4){
valid41 = true;
passing4 = 1;
}
}
if(!valid41){
const err84 = {instancePath:instancePath+"/devices/allow",schemaPath:"#/properties/devices/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing4},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
else {
errors = _errs106;
if(vErrors !== null){
if(_errs106){
vErrors.length = _errs106;
}
else {
vErrors = null;
}
}
}
}
if(data41.add !== undefined){
let data45 = data41.add;
if(Array.isArray(data45)){
const len9 = data45.length;
for(let i9=0; i9<len9; i9++){
if(!(validate11(data45[i9], {instancePath:instancePath+"/devices/add/" + i9,parentData:data45,parentDataProperty:i9,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err85 = {instancePath:instancePath+"/devices/add",schemaPath:"#/properties/devices/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err86 = {instancePath:instancePath+"/devices",schemaPath:"#/properties/devices/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data.sysctls !== undefined){
let data47 = data.sysctls;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
if(Object.keys(data47).length < 1){
const err87 = {instancePath:instancePath+"/sysctls",schemaPath:"#/properties/sysctls/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
for(const key11 in data47){
if(!(((key11 === "mode") || (key11 === "allow")) || (key11 === "add"))){
const err88 = {instancePath:instancePath+"/sysctls",schemaPath:"#/properties/sysctls/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data47.mode !== undefined){
let data48 = data47.mode;
if(!((data48 === "enforce") || (data48 === "audit"))){
const err89 = {instancePath:instancePath+"/sysctls/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data47.allow !== undefined){
let data49 = data47.allow;
const _errs120 = errors;
let valid48 = false;
let passing5 = null;
const _errs121 = errors;
if("any" !== data49){
const err90 = {instancePath:instancePath+"/sysctls/allow",schemaPath:"#/properties/sysctls/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
var _valid5 = _errs121 === errors;
if(_valid5){
valid48 = true;
passing5 = 0;
}
const _errs122 = errors;
if(Array.isArray(data49)){
const len10 = data49.length;
for(let i10=0; i10<len10; i10++){
let data50 = data49[i10];
if(typeof data50 === "string"){
if(!pattern10.test(data50)){
const err91 = {instancePath:instancePath+"/sysctls/allow/" + i10,schemaPath:"#/properties/sysctls/properties/allow/oneOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9_./*-]+$"},message:"must match pattern \""+"^[a-z0-9_./*-]+$"+"\""};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
else {
const err92 = {instancePath:instancePath+"/sysctls/allow/" + i10,schemaPath:"#/properties/sysctls/properties/allow/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err93 = {instancePath:instancePath+"/sysctls/allow",schemaPath:"#/properties/sysctls/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
var _valid5 = _errs122 === errors;
if(_valid5 && valid48){
valid48 = false;
passing5 = [passing5, 1];
}
else {
if(_valid5){
valid48 = true;
passing5 = 1;
}
}
if(!valid48){
const err94 = {instancePath:instancePath+"/sysctls/allow",schemaPath:"#/properties/sysctls/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing5},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
else {
errors = _errs120;
if(vErrors !== null){
if(_errs120){
vErrors.length = _errs120;
}
else {
vErrors = null;
}
}
}
}
if(data47.add !== undefined){
let data51 = data47.add;
if(Array.isArray(data51)){
const len11 = data51.length;
for(let i11=0; i11<len11; i11++){
let data52 = data51[i11];
if(typeof data52 === "string"){
if(!pattern10.test(data52)){
const err95 = {instancePath:instancePath+"/sysctls/add/" + i11,schemaPath:"#/properties/sysctls/properties/add/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9_./*-]+$"},message:"must match pattern \""+"^[a-z0-9_./*-]+$"+"\""};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
else {
const err96 = {instancePath:instancePath+"/sysctls/add/" + i11,schemaPath:"#/properties/sysctls/properties/add/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
else {
const err97 = {instancePath:instancePath+"/sysctls/add",schemaPath:"#/properties/sysctls/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath:instancePath+"/sysctls",schemaPath:"#/properties/sysctls/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data.seccomp !== undefined){
let data53 = data.seccomp;
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
if(Object.keys(data53).length < 1){
const err99 = {instancePath:instancePath+"/seccomp",schemaPath:"#/properties/seccomp/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
for(const key12 in data53){
if(!((key12 === "mode") || (key12 === "require"))){
const err100 = {instancePath:instancePath+"/seccomp",schemaPath:"#/properties/seccomp/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data53.mode !== undefined){
let data54 = data53.mode;
if(!((data54 === "enforce") || (data54 === "audit"))){
const err101 = {instancePath:instancePath+"/seccomp/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data53.require !== undefined){
let data55 = data53.require;
if(!(((data55 === "always") || (data55 === "kept")) || (data55 === "never"))){
const err102 = {instancePath:instancePath+"/seccomp/require",schemaPath:"#/properties/seccomp/properties/require/enum",keyword:"enum",params:{allowedValues: schema11.properties.seccomp.properties.require.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
}
else {
const err103 = {instancePath:instancePath+"/seccomp",schemaPath:"#/properties/seccomp/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data.apparmor !== undefined){
let data56 = data.apparmor;
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
if(Object.keys(data56).length < 1){
const err104 = {instancePath:instancePath+"/apparmor",schemaPath:"#/properties/apparmor/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
for(const key13 in data56){
if(!((key13 === "mode") || (key13 === "require"))){
const err105 = {instancePath:instancePath+"/apparmor",schemaPath:"#/properties/apparmor/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data56.mode !== undefined){
let data57 = data56.mode;
if(!((data57 === "enforce") || (data57 === "audit"))){
const err106 = {instancePath:instancePath+"/apparmor/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data56.require !== undefined){
let data58 = data56.require;
if(!(((data58 === "always") || (data58 === "kept")) || (data58 === "never"))){
const err107 = {instancePath:instancePath+"/apparmor/require",schemaPath:"#/properties/apparmor/properties/require/enum",keyword:"enum",params:{allowedValues: schema11.properties.apparmor.properties.require.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
else {
const err108 = {instancePath:instancePath+"/apparmor",schemaPath:"#/properties/apparmor/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data.selinuxTypes !== undefined){
let data59 = data.selinuxTypes;
if(data59 && typeof data59 == "object" && !Array.isArray(data59)){
if(Object.keys(data59).length < 1){
const err109 = {instancePath:instancePath+"/selinuxTypes",schemaPath:"#/properties/selinuxTypes/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
for(const key14 in data59){
if(!(((key14 === "mode") || (key14 === "allow")) || (key14 === "add"))){
const err110 = {instancePath:instancePath+"/selinuxTypes",schemaPath:"#/properties/selinuxTypes/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data59.mode !== undefined){
let data60 = data59.mode;
if(!((data60 === "enforce") || (data60 === "audit"))){
const err111 = {instancePath:instancePath+"/selinuxTypes/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data59.allow !== undefined){
let data61 = data59.allow;
const _errs148 = errors;
let valid59 = false;
let passing6 = null;
const _errs149 = errors;
if("any" !== data61){
const err112 = {instancePath:instancePath+"/selinuxTypes/allow",schemaPath:"#/properties/selinuxTypes/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
var _valid6 = _errs149 === errors;
if(_valid6){
valid59 = true;
passing6 = 0;
}
const _errs150 = errors;
if(Array.isArray(data61)){
const len12 = data61.length;
for(let i12=0; i12<len12; i12++){
let data62 = data61[i12];
if(typeof data62 === "string"){
if(!pattern12.test(data62)){
const err113 = {instancePath:instancePath+"/selinuxTypes/allow/" + i12,schemaPath:"#/properties/selinuxTypes/properties/allow/oneOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_]+$"},message:"must match pattern \""+"^[A-Za-z0-9_]+$"+"\""};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
else {
const err114 = {instancePath:instancePath+"/selinuxTypes/allow/" + i12,schemaPath:"#/properties/selinuxTypes/properties/allow/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
}
else {
const err115 = {instancePath:instancePath+"/selinuxTypes/allow",schemaPath:"#/properties/selinuxTypes/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
var _valid6 = _errs150 === errors;
if(_valid6 && valid59){
valid59 = false;
passing6 = [passing6, 1];
}
else {
if(_valid6){
valid59 = true;
passing6 = 1;
}
}
if(!valid59){
const err116 = {instancePath:instancePath+"/selinuxTypes/allow",schemaPath:"#/properties/selinuxTypes/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing6},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
else {
errors = _errs148;
if(vErrors !== null){
if(_errs148){
vErrors.length = _errs148;
}
else {
vErrors = null;
}
}
}
}
if(data59.add !== undefined){
let data63 = data59.add;
if(Array.isArray(data63)){
const len13 = data63.length;
for(let i13=0; i13<len13; i13++){
let data64 = data63[i13];
if(typeof data64 === "string"){
if(!pattern12.test(data64)){
const err117 = {instancePath:instancePath+"/selinuxTypes/add/" + i13,schemaPath:"#/properties/selinuxTypes/properties/add/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_]+$"},message:"must match pattern \""+"^[A-Za-z0-9_]+$"+"\""};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
else {
const err118 = {instancePath:instancePath+"/selinuxTypes/add/" + i13,schemaPath:"#/properties/selinuxTypes/properties/add/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
}
else {
const err119 = {instancePath:instancePath+"/selinuxTypes/add",schemaPath:"#/properties/selinuxTypes/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
}
else {
const err120 = {instancePath:instancePath+"/selinuxTypes",schemaPath:"#/properties/selinuxTypes/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data.maskedPaths !== undefined){
let data65 = data.maskedPaths;
if(data65 && typeof data65 == "object" && !Array.isArray(data65)){
if(Object.keys(data65).length < 1){
const err121 = {instancePath:instancePath+"/maskedPaths",schemaPath:"#/properties/maskedPaths/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
for(const key15 in data65){
if(!((((key15 === "mode") || (key15 === "require")) || (key15 === "add")) || (key15 === "unlessUserNamespace"))){
const err122 = {instancePath:instancePath+"/maskedPaths",schemaPath:"#/properties/maskedPaths/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data65.mode !== undefined){
let data66 = data65.mode;
if(!((data66 === "enforce") || (data66 === "audit"))){
const err123 = {instancePath:instancePath+"/maskedPaths/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data65.require !== undefined){
let data67 = data65.require;
if(Array.isArray(data67)){
const len14 = data67.length;
for(let i14=0; i14<len14; i14++){
let data68 = data67[i14];
if(typeof data68 === "string"){
if(!pattern14.test(data68)){
const err124 = {instancePath:instancePath+"/maskedPaths/require/" + i14,schemaPath:"#/properties/maskedPaths/properties/require/items/pattern",keyword:"pattern",params:{pattern: "^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
else {
const err125 = {instancePath:instancePath+"/maskedPaths/require/" + i14,schemaPath:"#/properties/maskedPaths/properties/require/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
}
else {
const err126 = {instancePath:instancePath+"/maskedPaths/require",schemaPath:"#/properties/maskedPaths/properties/require/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data65.add !== undefined){
let data69 = data65.add;
if(Array.isArray(data69)){
const len15 = data69.length;
for(let i15=0; i15<len15; i15++){
let data70 = data69[i15];
if(typeof data70 === "string"){
if(!pattern14.test(data70)){
const err127 = {instancePath:instancePath+"/maskedPaths/add/" + i15,schemaPath:"#/properties/maskedPaths/properties/add/items/pattern",keyword:"pattern",params:{pattern: "^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
else {
const err128 = {instancePath:instancePath+"/maskedPaths/add/" + i15,schemaPath:"#/properties/maskedPaths/properties/add/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
}
else {
const err129 = {instancePath:instancePath+"/maskedPaths/add",schemaPath:"#/properties/maskedPaths/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
if(data65.unlessUserNamespace !== undefined){
if(typeof data65.unlessUserNamespace !== "boolean"){
const err130 = {instancePath:instancePath+"/maskedPaths/unlessUserNamespace",schemaPath:"#/properties/maskedPaths/properties/unlessUserNamespace/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
}
else {
const err131 = {instancePath:instancePath+"/maskedPaths",schemaPath:"#/properties/maskedPaths/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
if(data.readonlyPaths !== undefined){
let data72 = data.readonlyPaths;
if(data72 && typeof data72 == "object" && !Array.isArray(data72)){
if(Object.keys(data72).length < 1){
const err132 = {instancePath:instancePath+"/readonlyPaths",schemaPath:"#/properties/readonlyPaths/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
for(const key16 in data72){
if(!((((key16 === "mode") || (key16 === "require")) || (key16 === "add")) || (key16 === "unlessUserNamespace"))){
const err133 = {instancePath:instancePath+"/readonlyPaths",schemaPath:"#/properties/readonlyPaths/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
if(data72.mode !== undefined){
let data73 = data72.mode;
if(!((data73 === "enforce") || (data73 === "audit"))){
const err134 = {instancePath:instancePath+"/readonlyPaths/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
if(data72.require !== undefined){
let data74 = data72.require;
if(Array.isArray(data74)){
const len16 = data74.length;
for(let i16=0; i16<len16; i16++){
let data75 = data74[i16];
if(typeof data75 === "string"){
if(!pattern14.test(data75)){
const err135 = {instancePath:instancePath+"/readonlyPaths/require/" + i16,schemaPath:"#/properties/readonlyPaths/properties/require/items/pattern",keyword:"pattern",params:{pattern: "^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
else {
const err136 = {instancePath:instancePath+"/readonlyPaths/require/" + i16,schemaPath:"#/properties/readonlyPaths/properties/require/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
}
else {
const err137 = {instancePath:instancePath+"/readonlyPaths/require",schemaPath:"#/properties/readonlyPaths/properties/require/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
if(data72.add !== undefined){
let data76 = data72.add;
if(Array.isArray(data76)){
const len17 = data76.length;
for(let i17=0; i17<len17; i17++){
let data77 = data76[i17];
if(typeof data77 === "string"){
if(!pattern14.test(data77)){
const err138 = {instancePath:instancePath+"/readonlyPaths/add/" + i17,schemaPath:"#/properties/readonlyPaths/properties/add/items/pattern",keyword:"pattern",params:{pattern: "^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
else {
const err139 = {instancePath:instancePath+"/readonlyPaths/add/" + i17,schemaPath:"#/properties/readonlyPaths/properties/add/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
}
else {
const err140 = {instancePath:instancePath+"/readonlyPaths/add",schemaPath:"#/properties/readonlyPaths/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
if(data72.unlessUserNamespace !== undefined){
if(typeof data72.unlessUserNamespace !== "boolean"){
const err141 = {instancePath:instancePath+"/readonlyPaths/unlessUserNamespace",schemaPath:"#/properties/readonlyPaths/properties/unlessUserNamespace/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
}
else {
const err142 = {instancePath:instancePath+"/readonlyPaths",schemaPath:"#/properties/readonlyPaths/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
if(data.nonRoot !== undefined){
let data79 = data.nonRoot;
if(data79 && typeof data79 == "object" && !Array.isArray(data79)){
if(Object.keys(data79).length < 1){
const err143 = {instancePath:instancePath+"/nonRoot",schemaPath:"#/properties/nonRoot/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
for(const key17 in data79){
if(!((key17 === "mode") || (key17 === "require"))){
const err144 = {instancePath:instancePath+"/nonRoot",schemaPath:"#/properties/nonRoot/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data79.mode !== undefined){
let data80 = data79.mode;
if(!((data80 === "enforce") || (data80 === "audit"))){
const err145 = {instancePath:instancePath+"/nonRoot/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
if(data79.require !== undefined){
if(typeof data79.require !== "boolean"){
const err146 = {instancePath:instancePath+"/nonRoot/require",schemaPath:"#/properties/nonRoot/properties/require/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
}
else {
const err147 = {instancePath:instancePath+"/nonRoot",schemaPath:"#/properties/nonRoot/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data.groups !== undefined){
let data82 = data.groups;
if(data82 && typeof data82 == "object" && !Array.isArray(data82)){
if(Object.keys(data82).length < 1){
const err148 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
for(const key18 in data82){
if(!(((key18 === "mode") || (key18 === "allow")) || (key18 === "add"))){
const err149 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key18},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
if(data82.mode !== undefined){
let data83 = data82.mode;
if(!((data83 === "enforce") || (data83 === "audit"))){
const err150 = {instancePath:instancePath+"/groups/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
if(data82.allow !== undefined){
let data84 = data82.allow;
const _errs201 = errors;
let valid80 = false;
let passing7 = null;
const _errs202 = errors;
if("any" !== data84){
const err151 = {instancePath:instancePath+"/groups/allow",schemaPath:"#/properties/groups/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
var _valid7 = _errs202 === errors;
if(_valid7){
valid80 = true;
passing7 = 0;
}
const _errs203 = errors;
if(Array.isArray(data84)){
const len18 = data84.length;
for(let i18=0; i18<len18; i18++){
let data85 = data84[i18];
if(!((data85 === "root") || (data85 === "engine"))){
const err152 = {instancePath:instancePath+"/groups/allow/" + i18,schemaPath:"#/properties/groups/properties/allow/oneOf/1/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.groups.properties.allow.oneOf[1].items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
}
else {
const err153 = {instancePath:instancePath+"/groups/allow",schemaPath:"#/properties/groups/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
var _valid7 = _errs203 === errors;
if(_valid7 && valid80){
valid80 = false;
passing7 = [passing7, 1];
}
else {
if(_valid7){
valid80 = true;
passing7 = 1;
}
}
if(!valid80){
const err154 = {instancePath:instancePath+"/groups/allow",schemaPath:"#/properties/groups/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing7},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
else {
errors = _errs201;
if(vErrors !== null){
if(_errs201){
vErrors.length = _errs201;
}
else {
vErrors = null;
}
}
}
}
if(data82.add !== undefined){
let data86 = data82.add;
if(Array.isArray(data86)){
const len19 = data86.length;
for(let i19=0; i19<len19; i19++){
let data87 = data86[i19];
if(!((data87 === "root") || (data87 === "engine"))){
const err155 = {instancePath:instancePath+"/groups/add/" + i19,schemaPath:"#/properties/groups/properties/add/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.groups.properties.add.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
}
else {
const err156 = {instancePath:instancePath+"/groups/add",schemaPath:"#/properties/groups/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
}
else {
const err157 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
if(data.noNewPrivileges !== undefined){
let data88 = data.noNewPrivileges;
if(data88 && typeof data88 == "object" && !Array.isArray(data88)){
if(Object.keys(data88).length < 1){
const err158 = {instancePath:instancePath+"/noNewPrivileges",schemaPath:"#/properties/noNewPrivileges/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
for(const key19 in data88){
if(!((key19 === "mode") || (key19 === "require"))){
const err159 = {instancePath:instancePath+"/noNewPrivileges",schemaPath:"#/properties/noNewPrivileges/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key19},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
if(data88.mode !== undefined){
let data89 = data88.mode;
if(!((data89 === "enforce") || (data89 === "audit"))){
const err160 = {instancePath:instancePath+"/noNewPrivileges/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
if(data88.require !== undefined){
if(typeof data88.require !== "boolean"){
const err161 = {instancePath:instancePath+"/noNewPrivileges/require",schemaPath:"#/properties/noNewPrivileges/properties/require/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
}
else {
const err162 = {instancePath:instancePath+"/noNewPrivileges",schemaPath:"#/properties/noNewPrivileges/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
if(data.oomScoreAdj !== undefined){
let data91 = data.oomScoreAdj;
if(data91 && typeof data91 == "object" && !Array.isArray(data91)){
if(Object.keys(data91).length < 1){
const err163 = {instancePath:instancePath+"/oomScoreAdj",schemaPath:"#/properties/oomScoreAdj/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
for(const key20 in data91){
if(!((key20 === "mode") || (key20 === "min"))){
const err164 = {instancePath:instancePath+"/oomScoreAdj",schemaPath:"#/properties/oomScoreAdj/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key20},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
if(data91.mode !== undefined){
let data92 = data91.mode;
if(!((data92 === "enforce") || (data92 === "audit"))){
const err165 = {instancePath:instancePath+"/oomScoreAdj/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
if(data91.min !== undefined){
let data93 = data91.min;
if(!(((typeof data93 == "number") && (!(data93 % 1) && !isNaN(data93))) && (isFinite(data93)))){
const err166 = {instancePath:instancePath+"/oomScoreAdj/min",schemaPath:"#/properties/oomScoreAdj/properties/min/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
if((typeof data93 == "number") && (isFinite(data93))){
if(data93 > 1000 || isNaN(data93)){
const err167 = {instancePath:instancePath+"/oomScoreAdj/min",schemaPath:"#/properties/oomScoreAdj/properties/min/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
if(data93 < -1000 || isNaN(data93)){
const err168 = {instancePath:instancePath+"/oomScoreAdj/min",schemaPath:"#/properties/oomScoreAdj/properties/min/minimum",keyword:"minimum",params:{comparison: ">=", limit: -1000},message:"must be >= -1000"};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
}
}
}
else {
const err169 = {instancePath:instancePath+"/oomScoreAdj",schemaPath:"#/properties/oomScoreAdj/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
if(data.hooks !== undefined){
let data94 = data.hooks;
if(data94 && typeof data94 == "object" && !Array.isArray(data94)){
if(Object.keys(data94).length < 1){
const err170 = {instancePath:instancePath+"/hooks",schemaPath:"#/properties/hooks/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
for(const key21 in data94){
if(!((key21 === "mode") || (key21 === "allow"))){
const err171 = {instancePath:instancePath+"/hooks",schemaPath:"#/properties/hooks/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key21},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
}
if(data94.mode !== undefined){
let data95 = data94.mode;
if(!((data95 === "enforce") || (data95 === "audit"))){
const err172 = {instancePath:instancePath+"/hooks/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
if(data94.allow !== undefined){
let data96 = data94.allow;
const _errs229 = errors;
let valid91 = false;
let passing8 = null;
const _errs230 = errors;
if(!((data96 === "any") || (data96 === "trusted"))){
const err173 = {instancePath:instancePath+"/hooks/allow",schemaPath:"#/properties/hooks/properties/allow/oneOf/0/enum",keyword:"enum",params:{allowedValues: schema11.properties.hooks.properties.allow.oneOf[0].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
var _valid8 = _errs230 === errors;
if(_valid8){
valid91 = true;
passing8 = 0;
}
const _errs231 = errors;
if(Array.isArray(data96)){
const len20 = data96.length;
for(let i20=0; i20<len20; i20++){
let data97 = data96[i20];
if(typeof data97 === "string"){
if(!pattern14.test(data97)){
const err174 = {instancePath:instancePath+"/hooks/allow/" + i20,schemaPath:"#/properties/hooks/properties/allow/oneOf/1/items/pattern",keyword:"pattern",params:{pattern: "^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"},message:"must match pattern \""+"^/$|^(/(?!\\.{1,2}(/|$))[^/\\u0000]+)+$"+"\""};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
}
else {
const err175 = {instancePath:instancePath+"/hooks/allow/" + i20,schemaPath:"#/properties/hooks/properties/allow/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
}
}
else {
const err176 = {instancePath:instancePath+"/hooks/allow",schemaPath:"#/properties/hooks/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
var _valid8 = _errs231 === errors;
if(_valid8 && valid91){
valid91 = false;
passing8 = [passing8, 1];
}
else {
if(_valid8){
valid91 = true;
passing8 = 1;
}
}
if(!valid91){
const err177 = {instancePath:instancePath+"/hooks/allow",schemaPath:"#/properties/hooks/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing8},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
else {
errors = _errs229;
if(vErrors !== null){
if(_errs229){
vErrors.length = _errs229;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err178 = {instancePath:instancePath+"/hooks",schemaPath:"#/properties/hooks/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
}
if(data.hookEnvironment !== undefined){
let data98 = data.hookEnvironment;
if(data98 && typeof data98 == "object" && !Array.isArray(data98)){
if(Object.keys(data98).length < 1){
const err179 = {instancePath:instancePath+"/hookEnvironment",schemaPath:"#/properties/hookEnvironment/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
for(const key22 in data98){
if(!(((key22 === "mode") || (key22 === "allow")) || (key22 === "add"))){
const err180 = {instancePath:instancePath+"/hookEnvironment",schemaPath:"#/properties/hookEnvironment/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key22},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
}
if(data98.mode !== undefined){
let data99 = data98.mode;
if(!((data99 === "enforce") || (data99 === "audit"))){
const err181 = {instancePath:instancePath+"/hookEnvironment/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
}
if(data98.allow !== undefined){
let data100 = data98.allow;
const _errs241 = errors;
let valid96 = false;
let passing9 = null;
const _errs242 = errors;
if("any" !== data100){
const err182 = {instancePath:instancePath+"/hookEnvironment/allow",schemaPath:"#/properties/hookEnvironment/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
var _valid9 = _errs242 === errors;
if(_valid9){
valid96 = true;
passing9 = 0;
}
const _errs243 = errors;
if(Array.isArray(data100)){
const len21 = data100.length;
for(let i21=0; i21<len21; i21++){
let data101 = data100[i21];
if(typeof data101 === "string"){
if(!pattern19.test(data101)){
const err183 = {instancePath:instancePath+"/hookEnvironment/allow/" + i21,schemaPath:"#/properties/hookEnvironment/properties/allow/oneOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*\\*?$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*\\*?$"+"\""};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
}
else {
const err184 = {instancePath:instancePath+"/hookEnvironment/allow/" + i21,schemaPath:"#/properties/hookEnvironment/properties/allow/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
}
}
else {
const err185 = {instancePath:instancePath+"/hookEnvironment/allow",schemaPath:"#/properties/hookEnvironment/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
var _valid9 = _errs243 === errors;
if(_valid9 && valid96){
valid96 = false;
passing9 = [passing9, 1];
}
else {
if(_valid9){
valid96 = true;
passing9 = 1;
}
}
if(!valid96){
const err186 = {instancePath:instancePath+"/hookEnvironment/allow",schemaPath:"#/properties/hookEnvironment/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing9},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
else {
errors = _errs241;
if(vErrors !== null){
if(_errs241){
vErrors.length = _errs241;
}
else {
vErrors = null;
}
}
}
}
if(data98.add !== undefined){
let data102 = data98.add;
if(Array.isArray(data102)){
const len22 = data102.length;
for(let i22=0; i22<len22; i22++){
let data103 = data102[i22];
if(typeof data103 === "string"){
if(!pattern19.test(data103)){
const err187 = {instancePath:instancePath+"/hookEnvironment/add/" + i22,schemaPath:"#/properties/hookEnvironment/properties/add/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*\\*?$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*\\*?$"+"\""};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
}
else {
const err188 = {instancePath:instancePath+"/hookEnvironment/add/" + i22,schemaPath:"#/properties/hookEnvironment/properties/add/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
}
}
else {
const err189 = {instancePath:instancePath+"/hookEnvironment/add",schemaPath:"#/properties/hookEnvironment/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
}
}
else {
const err190 = {instancePath:instancePath+"/hookEnvironment",schemaPath:"#/properties/hookEnvironment/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
}
if(data.unsafeAnnotations !== undefined){
let data104 = data.unsafeAnnotations;
if(data104 && typeof data104 == "object" && !Array.isArray(data104)){
if(Object.keys(data104).length < 1){
const err191 = {instancePath:instancePath+"/unsafeAnnotations",schemaPath:"#/properties/unsafeAnnotations/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
for(const key23 in data104){
if(!(((key23 === "mode") || (key23 === "allow")) || (key23 === "add"))){
const err192 = {instancePath:instancePath+"/unsafeAnnotations",schemaPath:"#/properties/unsafeAnnotations/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key23},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
}
if(data104.mode !== undefined){
let data105 = data104.mode;
if(!((data105 === "enforce") || (data105 === "audit"))){
const err193 = {instancePath:instancePath+"/unsafeAnnotations/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err193];
}
else {
vErrors.push(err193);
}
errors++;
}
}
if(data104.allow !== undefined){
let data106 = data104.allow;
const _errs257 = errors;
let valid103 = false;
let passing10 = null;
const _errs258 = errors;
if("any" !== data106){
const err194 = {instancePath:instancePath+"/unsafeAnnotations/allow",schemaPath:"#/properties/unsafeAnnotations/properties/allow/oneOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
var _valid10 = _errs258 === errors;
if(_valid10){
valid103 = true;
passing10 = 0;
}
const _errs259 = errors;
if(Array.isArray(data106)){
const len23 = data106.length;
for(let i23=0; i23<len23; i23++){
let data107 = data106[i23];
if(typeof data107 === "string"){
if(!pattern1.test(data107)){
const err195 = {instancePath:instancePath+"/unsafeAnnotations/allow/" + i23,schemaPath:"#/properties/unsafeAnnotations/properties/allow/oneOf/1/items/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
}
else {
const err196 = {instancePath:instancePath+"/unsafeAnnotations/allow/" + i23,schemaPath:"#/properties/unsafeAnnotations/properties/allow/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
}
}
else {
const err197 = {instancePath:instancePath+"/unsafeAnnotations/allow",schemaPath:"#/properties/unsafeAnnotations/properties/allow/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
var _valid10 = _errs259 === errors;
if(_valid10 && valid103){
valid103 = false;
passing10 = [passing10, 1];
}
else {
if(_valid10){
valid103 = true;
passing10 = 1;
}
}
if(!valid103){
const err198 = {instancePath:instancePath+"/unsafeAnnotations/allow",schemaPath:"#/properties/unsafeAnnotations/properties/allow/oneOf",keyword:"oneOf",params:{passingSchemas: passing10},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err198];
}
else {
vErrors.push(err198);
}
errors++;
}
else {
errors = _errs257;
if(vErrors !== null){
if(_errs257){
vErrors.length = _errs257;
}
else {
vErrors = null;
}
}
}
}
if(data104.add !== undefined){
let data108 = data104.add;
if(Array.isArray(data108)){
const len24 = data108.length;
for(let i24=0; i24<len24; i24++){
let data109 = data108[i24];
if(typeof data109 === "string"){
if(!pattern1.test(data109)){
const err199 = {instancePath:instancePath+"/unsafeAnnotations/add/" + i24,schemaPath:"#/properties/unsafeAnnotations/properties/add/items/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
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
const err200 = {instancePath:instancePath+"/unsafeAnnotations/add/" + i24,schemaPath:"#/properties/unsafeAnnotations/properties/add/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err201 = {instancePath:instancePath+"/unsafeAnnotations/add",schemaPath:"#/properties/unsafeAnnotations/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err201];
}
else {
vErrors.push(err201);
}
errors++;
}
}
}
else {
const err202 = {instancePath:instancePath+"/unsafeAnnotations",schemaPath:"#/properties/unsafeAnnotations/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err202];
}
else {
vErrors.push(err202);
}
errors++;
}
}
if(data.hostFiles !== undefined){
let data110 = data.hostFiles;
if(data110 && typeof data110 == "object" && !Array.isArray(data110)){
if(Object.keys(data110).length < 1){
const err203 = {instancePath:instancePath+"/hostFiles",schemaPath:"#/properties/hostFiles/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err203];
}
else {
vErrors.push(err203);
}
errors++;
}
for(const key24 in data110){
if(!((key24 === "mode") || (key24 === "allow"))){
const err204 = {instancePath:instancePath+"/hostFiles",schemaPath:"#/properties/hostFiles/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key24},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err204];
}
else {
vErrors.push(err204);
}
errors++;
}
}
if(data110.mode !== undefined){
let data111 = data110.mode;
if(!((data111 === "enforce") || (data111 === "audit"))){
const err205 = {instancePath:instancePath+"/hostFiles/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err205];
}
else {
vErrors.push(err205);
}
errors++;
}
}
if(data110.allow !== undefined){
if(typeof data110.allow !== "boolean"){
const err206 = {instancePath:instancePath+"/hostFiles/allow",schemaPath:"#/properties/hostFiles/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
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
const err207 = {instancePath:instancePath+"/hostFiles",schemaPath:"#/properties/hostFiles/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err207];
}
else {
vErrors.push(err207);
}
errors++;
}
}
if(data.mounting !== undefined){
let data113 = data.mounting;
if(data113 && typeof data113 == "object" && !Array.isArray(data113)){
if(Object.keys(data113).length < 1){
const err208 = {instancePath:instancePath+"/mounting",schemaPath:"#/properties/mounting/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err208];
}
else {
vErrors.push(err208);
}
errors++;
}
for(const key25 in data113){
if(!((key25 === "mode") || (key25 === "allow"))){
const err209 = {instancePath:instancePath+"/mounting",schemaPath:"#/properties/mounting/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key25},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err209];
}
else {
vErrors.push(err209);
}
errors++;
}
}
if(data113.mode !== undefined){
let data114 = data113.mode;
if(!((data114 === "enforce") || (data114 === "audit"))){
const err210 = {instancePath:instancePath+"/mounting/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err210];
}
else {
vErrors.push(err210);
}
errors++;
}
}
if(data113.allow !== undefined){
if(typeof data113.allow !== "boolean"){
const err211 = {instancePath:instancePath+"/mounting/allow",schemaPath:"#/properties/mounting/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err211];
}
else {
vErrors.push(err211);
}
errors++;
}
}
}
else {
const err212 = {instancePath:instancePath+"/mounting",schemaPath:"#/properties/mounting/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err212];
}
else {
vErrors.push(err212);
}
errors++;
}
}
if(data.kernelLog !== undefined){
let data116 = data.kernelLog;
if(data116 && typeof data116 == "object" && !Array.isArray(data116)){
if(Object.keys(data116).length < 1){
const err213 = {instancePath:instancePath+"/kernelLog",schemaPath:"#/properties/kernelLog/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err213];
}
else {
vErrors.push(err213);
}
errors++;
}
for(const key26 in data116){
if(!((key26 === "mode") || (key26 === "allow"))){
const err214 = {instancePath:instancePath+"/kernelLog",schemaPath:"#/properties/kernelLog/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key26},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err214];
}
else {
vErrors.push(err214);
}
errors++;
}
}
if(data116.mode !== undefined){
let data117 = data116.mode;
if(!((data117 === "enforce") || (data117 === "audit"))){
const err215 = {instancePath:instancePath+"/kernelLog/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err215];
}
else {
vErrors.push(err215);
}
errors++;
}
}
if(data116.allow !== undefined){
if(typeof data116.allow !== "boolean"){
const err216 = {instancePath:instancePath+"/kernelLog/allow",schemaPath:"#/properties/kernelLog/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err216];
}
else {
vErrors.push(err216);
}
errors++;
}
}
}
else {
const err217 = {instancePath:instancePath+"/kernelLog",schemaPath:"#/properties/kernelLog/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err217];
}
else {
vErrors.push(err217);
}
errors++;
}
}
if(data.bpf !== undefined){
let data119 = data.bpf;
if(data119 && typeof data119 == "object" && !Array.isArray(data119)){
if(Object.keys(data119).length < 1){
const err218 = {instancePath:instancePath+"/bpf",schemaPath:"#/properties/bpf/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err218];
}
else {
vErrors.push(err218);
}
errors++;
}
for(const key27 in data119){
if(!((key27 === "mode") || (key27 === "allow"))){
const err219 = {instancePath:instancePath+"/bpf",schemaPath:"#/properties/bpf/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key27},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err219];
}
else {
vErrors.push(err219);
}
errors++;
}
}
if(data119.mode !== undefined){
let data120 = data119.mode;
if(!((data120 === "enforce") || (data120 === "audit"))){
const err220 = {instancePath:instancePath+"/bpf/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err220];
}
else {
vErrors.push(err220);
}
errors++;
}
}
if(data119.allow !== undefined){
if(typeof data119.allow !== "boolean"){
const err221 = {instancePath:instancePath+"/bpf/allow",schemaPath:"#/properties/bpf/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err221];
}
else {
vErrors.push(err221);
}
errors++;
}
}
}
else {
const err222 = {instancePath:instancePath+"/bpf",schemaPath:"#/properties/bpf/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err222];
}
else {
vErrors.push(err222);
}
errors++;
}
}
if(data.otherProcesses !== undefined){
let data122 = data.otherProcesses;
if(data122 && typeof data122 == "object" && !Array.isArray(data122)){
if(Object.keys(data122).length < 1){
const err223 = {instancePath:instancePath+"/otherProcesses",schemaPath:"#/properties/otherProcesses/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err223];
}
else {
vErrors.push(err223);
}
errors++;
}
for(const key28 in data122){
if(!((key28 === "mode") || (key28 === "allow"))){
const err224 = {instancePath:instancePath+"/otherProcesses",schemaPath:"#/properties/otherProcesses/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key28},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err224];
}
else {
vErrors.push(err224);
}
errors++;
}
}
if(data122.mode !== undefined){
let data123 = data122.mode;
if(!((data123 === "enforce") || (data123 === "audit"))){
const err225 = {instancePath:instancePath+"/otherProcesses/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err225];
}
else {
vErrors.push(err225);
}
errors++;
}
}
if(data122.allow !== undefined){
if(typeof data122.allow !== "boolean"){
const err226 = {instancePath:instancePath+"/otherProcesses/allow",schemaPath:"#/properties/otherProcesses/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err226];
}
else {
vErrors.push(err226);
}
errors++;
}
}
}
else {
const err227 = {instancePath:instancePath+"/otherProcesses",schemaPath:"#/properties/otherProcesses/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err227];
}
else {
vErrors.push(err227);
}
errors++;
}
}
if(data.perf !== undefined){
let data125 = data.perf;
if(data125 && typeof data125 == "object" && !Array.isArray(data125)){
if(Object.keys(data125).length < 1){
const err228 = {instancePath:instancePath+"/perf",schemaPath:"#/properties/perf/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err228];
}
else {
vErrors.push(err228);
}
errors++;
}
for(const key29 in data125){
if(!((key29 === "mode") || (key29 === "allow"))){
const err229 = {instancePath:instancePath+"/perf",schemaPath:"#/properties/perf/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key29},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err229];
}
else {
vErrors.push(err229);
}
errors++;
}
}
if(data125.mode !== undefined){
let data126 = data125.mode;
if(!((data126 === "enforce") || (data126 === "audit"))){
const err230 = {instancePath:instancePath+"/perf/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err230];
}
else {
vErrors.push(err230);
}
errors++;
}
}
if(data125.allow !== undefined){
if(typeof data125.allow !== "boolean"){
const err231 = {instancePath:instancePath+"/perf/allow",schemaPath:"#/properties/perf/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err231];
}
else {
vErrors.push(err231);
}
errors++;
}
}
}
else {
const err232 = {instancePath:instancePath+"/perf",schemaPath:"#/properties/perf/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err232];
}
else {
vErrors.push(err232);
}
errors++;
}
}
if(data.kernelModules !== undefined){
let data128 = data.kernelModules;
if(data128 && typeof data128 == "object" && !Array.isArray(data128)){
if(Object.keys(data128).length < 1){
const err233 = {instancePath:instancePath+"/kernelModules",schemaPath:"#/properties/kernelModules/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err233];
}
else {
vErrors.push(err233);
}
errors++;
}
for(const key30 in data128){
if(!((key30 === "mode") || (key30 === "allow"))){
const err234 = {instancePath:instancePath+"/kernelModules",schemaPath:"#/properties/kernelModules/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key30},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err234];
}
else {
vErrors.push(err234);
}
errors++;
}
}
if(data128.mode !== undefined){
let data129 = data128.mode;
if(!((data129 === "enforce") || (data129 === "audit"))){
const err235 = {instancePath:instancePath+"/kernelModules/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err235];
}
else {
vErrors.push(err235);
}
errors++;
}
}
if(data128.allow !== undefined){
if(typeof data128.allow !== "boolean"){
const err236 = {instancePath:instancePath+"/kernelModules/allow",schemaPath:"#/properties/kernelModules/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err236];
}
else {
vErrors.push(err236);
}
errors++;
}
}
}
else {
const err237 = {instancePath:instancePath+"/kernelModules",schemaPath:"#/properties/kernelModules/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err237];
}
else {
vErrors.push(err237);
}
errors++;
}
}
if(data.moduleRequests !== undefined){
let data131 = data.moduleRequests;
if(data131 && typeof data131 == "object" && !Array.isArray(data131)){
if(Object.keys(data131).length < 1){
const err238 = {instancePath:instancePath+"/moduleRequests",schemaPath:"#/properties/moduleRequests/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err238];
}
else {
vErrors.push(err238);
}
errors++;
}
for(const key31 in data131){
if(!((key31 === "mode") || (key31 === "allow"))){
const err239 = {instancePath:instancePath+"/moduleRequests",schemaPath:"#/properties/moduleRequests/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key31},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err239];
}
else {
vErrors.push(err239);
}
errors++;
}
}
if(data131.mode !== undefined){
let data132 = data131.mode;
if(!((data132 === "enforce") || (data132 === "audit"))){
const err240 = {instancePath:instancePath+"/moduleRequests/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err240];
}
else {
vErrors.push(err240);
}
errors++;
}
}
if(data131.allow !== undefined){
if(typeof data131.allow !== "boolean"){
const err241 = {instancePath:instancePath+"/moduleRequests/allow",schemaPath:"#/properties/moduleRequests/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err241];
}
else {
vErrors.push(err241);
}
errors++;
}
}
}
else {
const err242 = {instancePath:instancePath+"/moduleRequests",schemaPath:"#/properties/moduleRequests/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err242];
}
else {
vErrors.push(err242);
}
errors++;
}
}
if(data.keyrings !== undefined){
let data134 = data.keyrings;
if(data134 && typeof data134 == "object" && !Array.isArray(data134)){
if(Object.keys(data134).length < 1){
const err243 = {instancePath:instancePath+"/keyrings",schemaPath:"#/properties/keyrings/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err243];
}
else {
vErrors.push(err243);
}
errors++;
}
for(const key32 in data134){
if(!((key32 === "mode") || (key32 === "allow"))){
const err244 = {instancePath:instancePath+"/keyrings",schemaPath:"#/properties/keyrings/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key32},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err244];
}
else {
vErrors.push(err244);
}
errors++;
}
}
if(data134.mode !== undefined){
let data135 = data134.mode;
if(!((data135 === "enforce") || (data135 === "audit"))){
const err245 = {instancePath:instancePath+"/keyrings/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err245];
}
else {
vErrors.push(err245);
}
errors++;
}
}
if(data134.allow !== undefined){
if(typeof data134.allow !== "boolean"){
const err246 = {instancePath:instancePath+"/keyrings/allow",schemaPath:"#/properties/keyrings/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err246];
}
else {
vErrors.push(err246);
}
errors++;
}
}
}
else {
const err247 = {instancePath:instancePath+"/keyrings",schemaPath:"#/properties/keyrings/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err247];
}
else {
vErrors.push(err247);
}
errors++;
}
}
if(data.kernelLockdown !== undefined){
let data137 = data.kernelLockdown;
if(data137 && typeof data137 == "object" && !Array.isArray(data137)){
if(Object.keys(data137).length < 1){
const err248 = {instancePath:instancePath+"/kernelLockdown",schemaPath:"#/properties/kernelLockdown/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err248];
}
else {
vErrors.push(err248);
}
errors++;
}
for(const key33 in data137){
if(!((key33 === "mode") || (key33 === "allow"))){
const err249 = {instancePath:instancePath+"/kernelLockdown",schemaPath:"#/properties/kernelLockdown/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key33},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err249];
}
else {
vErrors.push(err249);
}
errors++;
}
}
if(data137.mode !== undefined){
let data138 = data137.mode;
if(!((data138 === "enforce") || (data138 === "audit"))){
const err250 = {instancePath:instancePath+"/kernelLockdown/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err250];
}
else {
vErrors.push(err250);
}
errors++;
}
}
if(data137.allow !== undefined){
if(typeof data137.allow !== "boolean"){
const err251 = {instancePath:instancePath+"/kernelLockdown/allow",schemaPath:"#/properties/kernelLockdown/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err251];
}
else {
vErrors.push(err251);
}
errors++;
}
}
}
else {
const err252 = {instancePath:instancePath+"/kernelLockdown",schemaPath:"#/properties/kernelLockdown/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err252];
}
else {
vErrors.push(err252);
}
errors++;
}
}
if(data.filelessPrograms !== undefined){
let data140 = data.filelessPrograms;
if(data140 && typeof data140 == "object" && !Array.isArray(data140)){
if(Object.keys(data140).length < 1){
const err253 = {instancePath:instancePath+"/filelessPrograms",schemaPath:"#/properties/filelessPrograms/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err253];
}
else {
vErrors.push(err253);
}
errors++;
}
for(const key34 in data140){
if(!((key34 === "mode") || (key34 === "allow"))){
const err254 = {instancePath:instancePath+"/filelessPrograms",schemaPath:"#/properties/filelessPrograms/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key34},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err254];
}
else {
vErrors.push(err254);
}
errors++;
}
}
if(data140.mode !== undefined){
let data141 = data140.mode;
if(!((data141 === "enforce") || (data141 === "audit"))){
const err255 = {instancePath:instancePath+"/filelessPrograms/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err255];
}
else {
vErrors.push(err255);
}
errors++;
}
}
if(data140.allow !== undefined){
if(typeof data140.allow !== "boolean"){
const err256 = {instancePath:instancePath+"/filelessPrograms/allow",schemaPath:"#/properties/filelessPrograms/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err256];
}
else {
vErrors.push(err256);
}
errors++;
}
}
}
else {
const err257 = {instancePath:instancePath+"/filelessPrograms",schemaPath:"#/properties/filelessPrograms/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err257];
}
else {
vErrors.push(err257);
}
errors++;
}
}
if(data.filelessMappings !== undefined){
let data143 = data.filelessMappings;
if(data143 && typeof data143 == "object" && !Array.isArray(data143)){
if(Object.keys(data143).length < 1){
const err258 = {instancePath:instancePath+"/filelessMappings",schemaPath:"#/properties/filelessMappings/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err258];
}
else {
vErrors.push(err258);
}
errors++;
}
for(const key35 in data143){
if(!((key35 === "mode") || (key35 === "allow"))){
const err259 = {instancePath:instancePath+"/filelessMappings",schemaPath:"#/properties/filelessMappings/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key35},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err259];
}
else {
vErrors.push(err259);
}
errors++;
}
}
if(data143.mode !== undefined){
let data144 = data143.mode;
if(!((data144 === "enforce") || (data144 === "audit"))){
const err260 = {instancePath:instancePath+"/filelessMappings/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err260];
}
else {
vErrors.push(err260);
}
errors++;
}
}
if(data143.allow !== undefined){
if(typeof data143.allow !== "boolean"){
const err261 = {instancePath:instancePath+"/filelessMappings/allow",schemaPath:"#/properties/filelessMappings/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err261];
}
else {
vErrors.push(err261);
}
errors++;
}
}
}
else {
const err262 = {instancePath:instancePath+"/filelessMappings",schemaPath:"#/properties/filelessMappings/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err262];
}
else {
vErrors.push(err262);
}
errors++;
}
}
if(data.setuidFiles !== undefined){
let data146 = data.setuidFiles;
if(data146 && typeof data146 == "object" && !Array.isArray(data146)){
if(Object.keys(data146).length < 1){
const err263 = {instancePath:instancePath+"/setuidFiles",schemaPath:"#/properties/setuidFiles/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err263];
}
else {
vErrors.push(err263);
}
errors++;
}
for(const key36 in data146){
if(!((key36 === "mode") || (key36 === "allow"))){
const err264 = {instancePath:instancePath+"/setuidFiles",schemaPath:"#/properties/setuidFiles/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key36},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err264];
}
else {
vErrors.push(err264);
}
errors++;
}
}
if(data146.mode !== undefined){
let data147 = data146.mode;
if(!((data147 === "enforce") || (data147 === "audit"))){
const err265 = {instancePath:instancePath+"/setuidFiles/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err265];
}
else {
vErrors.push(err265);
}
errors++;
}
}
if(data146.allow !== undefined){
if(typeof data146.allow !== "boolean"){
const err266 = {instancePath:instancePath+"/setuidFiles/allow",schemaPath:"#/properties/setuidFiles/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err266];
}
else {
vErrors.push(err266);
}
errors++;
}
}
}
else {
const err267 = {instancePath:instancePath+"/setuidFiles",schemaPath:"#/properties/setuidFiles/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err267];
}
else {
vErrors.push(err267);
}
errors++;
}
}
if(data.terminalInjection !== undefined){
let data149 = data.terminalInjection;
if(data149 && typeof data149 == "object" && !Array.isArray(data149)){
if(Object.keys(data149).length < 1){
const err268 = {instancePath:instancePath+"/terminalInjection",schemaPath:"#/properties/terminalInjection/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err268];
}
else {
vErrors.push(err268);
}
errors++;
}
for(const key37 in data149){
if(!((key37 === "mode") || (key37 === "allow"))){
const err269 = {instancePath:instancePath+"/terminalInjection",schemaPath:"#/properties/terminalInjection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key37},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err269];
}
else {
vErrors.push(err269);
}
errors++;
}
}
if(data149.mode !== undefined){
let data150 = data149.mode;
if(!((data150 === "enforce") || (data150 === "audit"))){
const err270 = {instancePath:instancePath+"/terminalInjection/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err270];
}
else {
vErrors.push(err270);
}
errors++;
}
}
if(data149.allow !== undefined){
if(typeof data149.allow !== "boolean"){
const err271 = {instancePath:instancePath+"/terminalInjection/allow",schemaPath:"#/properties/terminalInjection/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err271];
}
else {
vErrors.push(err271);
}
errors++;
}
}
}
else {
const err272 = {instancePath:instancePath+"/terminalInjection",schemaPath:"#/properties/terminalInjection/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err272];
}
else {
vErrors.push(err272);
}
errors++;
}
}
if(data.abstractSockets !== undefined){
let data152 = data.abstractSockets;
if(data152 && typeof data152 == "object" && !Array.isArray(data152)){
if(Object.keys(data152).length < 1){
const err273 = {instancePath:instancePath+"/abstractSockets",schemaPath:"#/properties/abstractSockets/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err273];
}
else {
vErrors.push(err273);
}
errors++;
}
for(const key38 in data152){
if(!((key38 === "mode") || (key38 === "allow"))){
const err274 = {instancePath:instancePath+"/abstractSockets",schemaPath:"#/properties/abstractSockets/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key38},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err274];
}
else {
vErrors.push(err274);
}
errors++;
}
}
if(data152.mode !== undefined){
let data153 = data152.mode;
if(!((data153 === "enforce") || (data153 === "audit"))){
const err275 = {instancePath:instancePath+"/abstractSockets/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err275];
}
else {
vErrors.push(err275);
}
errors++;
}
}
if(data152.allow !== undefined){
if(typeof data152.allow !== "boolean"){
const err276 = {instancePath:instancePath+"/abstractSockets/allow",schemaPath:"#/properties/abstractSockets/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err276];
}
else {
vErrors.push(err276);
}
errors++;
}
}
}
else {
const err277 = {instancePath:instancePath+"/abstractSockets",schemaPath:"#/properties/abstractSockets/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err277];
}
else {
vErrors.push(err277);
}
errors++;
}
}
if(data.serviceAccountToken !== undefined){
let data155 = data.serviceAccountToken;
if(data155 && typeof data155 == "object" && !Array.isArray(data155)){
if(Object.keys(data155).length < 1){
const err278 = {instancePath:instancePath+"/serviceAccountToken",schemaPath:"#/properties/serviceAccountToken/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err278];
}
else {
vErrors.push(err278);
}
errors++;
}
for(const key39 in data155){
if(!((key39 === "mode") || (key39 === "allow"))){
const err279 = {instancePath:instancePath+"/serviceAccountToken",schemaPath:"#/properties/serviceAccountToken/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key39},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err279];
}
else {
vErrors.push(err279);
}
errors++;
}
}
if(data155.mode !== undefined){
let data156 = data155.mode;
if(!((data156 === "enforce") || (data156 === "audit"))){
const err280 = {instancePath:instancePath+"/serviceAccountToken/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err280];
}
else {
vErrors.push(err280);
}
errors++;
}
}
if(data155.allow !== undefined){
if(typeof data155.allow !== "boolean"){
const err281 = {instancePath:instancePath+"/serviceAccountToken/allow",schemaPath:"#/properties/serviceAccountToken/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err281];
}
else {
vErrors.push(err281);
}
errors++;
}
}
}
else {
const err282 = {instancePath:instancePath+"/serviceAccountToken",schemaPath:"#/properties/serviceAccountToken/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err282];
}
else {
vErrors.push(err282);
}
errors++;
}
}
if(data.userNamespaces !== undefined){
let data158 = data.userNamespaces;
if(data158 && typeof data158 == "object" && !Array.isArray(data158)){
if(Object.keys(data158).length < 1){
const err283 = {instancePath:instancePath+"/userNamespaces",schemaPath:"#/properties/userNamespaces/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err283];
}
else {
vErrors.push(err283);
}
errors++;
}
for(const key40 in data158){
if(!((key40 === "mode") || (key40 === "allow"))){
const err284 = {instancePath:instancePath+"/userNamespaces",schemaPath:"#/properties/userNamespaces/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key40},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err284];
}
else {
vErrors.push(err284);
}
errors++;
}
}
if(data158.mode !== undefined){
let data159 = data158.mode;
if(!((data159 === "enforce") || (data159 === "audit"))){
const err285 = {instancePath:instancePath+"/userNamespaces/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err285];
}
else {
vErrors.push(err285);
}
errors++;
}
}
if(data158.allow !== undefined){
if(typeof data158.allow !== "boolean"){
const err286 = {instancePath:instancePath+"/userNamespaces/allow",schemaPath:"#/properties/userNamespaces/properties/allow/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err286];
}
else {
vErrors.push(err286);
}
errors++;
}
}
}
else {
const err287 = {instancePath:instancePath+"/userNamespaces",schemaPath:"#/properties/userNamespaces/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err287];
}
else {
vErrors.push(err287);
}
errors++;
}
}
if(data.network !== undefined){
let data161 = data.network;
if(data161 && typeof data161 == "object" && !Array.isArray(data161)){
if(Object.keys(data161).length < 1){
const err288 = {instancePath:instancePath+"/network",schemaPath:"#/properties/network/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err288];
}
else {
vErrors.push(err288);
}
errors++;
}
for(const key41 in data161){
if(!((key41 === "mode") || (key41 === "allow"))){
const err289 = {instancePath:instancePath+"/network",schemaPath:"#/properties/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key41},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err289];
}
else {
vErrors.push(err289);
}
errors++;
}
}
if(data161.mode !== undefined){
let data162 = data161.mode;
if(!((data162 === "enforce") || (data162 === "audit"))){
const err290 = {instancePath:instancePath+"/network/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err290];
}
else {
vErrors.push(err290);
}
errors++;
}
}
if(data161.allow !== undefined){
let data163 = data161.allow;
if(!((data163 === "any") || (data163 === "loopback"))){
const err291 = {instancePath:instancePath+"/network/allow",schemaPath:"#/properties/network/properties/allow/enum",keyword:"enum",params:{allowedValues: schema11.properties.network.properties.allow.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err291];
}
else {
vErrors.push(err291);
}
errors++;
}
}
}
else {
const err292 = {instancePath:instancePath+"/network",schemaPath:"#/properties/network/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err292];
}
else {
vErrors.push(err292);
}
errors++;
}
}
if(data.pseudoFiles !== undefined){
let data164 = data.pseudoFiles;
if(data164 && typeof data164 == "object" && !Array.isArray(data164)){
if(Object.keys(data164).length < 1){
const err293 = {instancePath:instancePath+"/pseudoFiles",schemaPath:"#/properties/pseudoFiles/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err293];
}
else {
vErrors.push(err293);
}
errors++;
}
for(const key42 in data164){
if(!(((key42 === "mode") || (key42 === "restrict")) || (key42 === "add"))){
const err294 = {instancePath:instancePath+"/pseudoFiles",schemaPath:"#/properties/pseudoFiles/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key42},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err294];
}
else {
vErrors.push(err294);
}
errors++;
}
}
if(data164.mode !== undefined){
let data165 = data164.mode;
if(!((data165 === "enforce") || (data165 === "audit"))){
const err295 = {instancePath:instancePath+"/pseudoFiles/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err295];
}
else {
vErrors.push(err295);
}
errors++;
}
}
if(data164.restrict !== undefined){
let data166 = data164.restrict;
if(Array.isArray(data166)){
const len25 = data166.length;
for(let i25=0; i25<len25; i25++){
let data167 = data166[i25];
if(data167 && typeof data167 == "object" && !Array.isArray(data167)){
if(data167.filesystem === undefined){
const err296 = {instancePath:instancePath+"/pseudoFiles/restrict/" + i25,schemaPath:"#/definitions/pseudoFile/required",keyword:"required",params:{missingProperty: "filesystem"},message:"must have required property '"+"filesystem"+"'"};
if(vErrors === null){
vErrors = [err296];
}
else {
vErrors.push(err296);
}
errors++;
}
if(data167.path === undefined){
const err297 = {instancePath:instancePath+"/pseudoFiles/restrict/" + i25,schemaPath:"#/definitions/pseudoFile/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
if(vErrors === null){
vErrors = [err297];
}
else {
vErrors.push(err297);
}
errors++;
}
if(data167.access === undefined){
const err298 = {instancePath:instancePath+"/pseudoFiles/restrict/" + i25,schemaPath:"#/definitions/pseudoFile/required",keyword:"required",params:{missingProperty: "access"},message:"must have required property '"+"access"+"'"};
if(vErrors === null){
vErrors = [err298];
}
else {
vErrors.push(err298);
}
errors++;
}
for(const key43 in data167){
if(!(((key43 === "filesystem") || (key43 === "path")) || (key43 === "access"))){
const err299 = {instancePath:instancePath+"/pseudoFiles/restrict/" + i25,schemaPath:"#/definitions/pseudoFile/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key43},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err299];
}
else {
vErrors.push(err299);
}
errors++;
}
}
if(data167.filesystem !== undefined){
let data168 = data167.filesystem;
if(!(((((((((((((data168 === "proc") || (data168 === "sysfs")) || (data168 === "binfmt_misc")) || (data168 === "cgroup")) || (data168 === "cgroup2")) || (data168 === "configfs")) || (data168 === "debugfs")) || (data168 === "devtmpfs")) || (data168 === "efivarfs")) || (data168 === "fusectl")) || (data168 === "pstore")) || (data168 === "securityfs")) || (data168 === "tracefs"))){
const err300 = {instancePath:instancePath+"/pseudoFiles/restrict/" + i25+"/filesystem",schemaPath:"#/definitions/pseudoFile/properties/filesystem/enum",keyword:"enum",params:{allowedValues: schema57.properties.filesystem.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err300];
}
else {
vErrors.push(err300);
}
errors++;
}
}
if(data167.path !== undefined){
let data169 = data167.path;
if(typeof data169 === "string"){
if(!pattern23.test(data169)){
const err301 = {instancePath:instancePath+"/pseudoFiles/restrict/" + i25+"/path",schemaPath:"#/definitions/pseudoFile/properties/path/pattern",keyword:"pattern",params:{pattern: "^/$|^(?!.*/\\*\\*(/[^/]*/|$))(/(?!\\.{1,2}(/|$))[^/\\u0000]{1,63}){1,8}$"},message:"must match pattern \""+"^/$|^(?!.*/\\*\\*(/[^/]*/|$))(/(?!\\.{1,2}(/|$))[^/\\u0000]{1,63}){1,8}$"+"\""};
if(vErrors === null){
vErrors = [err301];
}
else {
vErrors.push(err301);
}
errors++;
}
}
else {
const err302 = {instancePath:instancePath+"/pseudoFiles/restrict/" + i25+"/path",schemaPath:"#/definitions/pseudoFile/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err302];
}
else {
vErrors.push(err302);
}
errors++;
}
}
if(data167.access !== undefined){
let data170 = data167.access;
if(!((((data170 === "none") || (data170 === "read-only")) || (data170 === "own-cgroup")) || (data170 === "read-write"))){
const err303 = {instancePath:instancePath+"/pseudoFiles/restrict/" + i25+"/access",schemaPath:"#/definitions/pseudoFile/properties/access/enum",keyword:"enum",params:{allowedValues: schema57.properties.access.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err303];
}
else {
vErrors.push(err303);
}
errors++;
}
}
}
else {
const err304 = {instancePath:instancePath+"/pseudoFiles/restrict/" + i25,schemaPath:"#/definitions/pseudoFile/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err304];
}
else {
vErrors.push(err304);
}
errors++;
}
}
}
else {
const err305 = {instancePath:instancePath+"/pseudoFiles/restrict",schemaPath:"#/properties/pseudoFiles/properties/restrict/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err305];
}
else {
vErrors.push(err305);
}
errors++;
}
}
if(data164.add !== undefined){
let data171 = data164.add;
if(Array.isArray(data171)){
const len26 = data171.length;
for(let i26=0; i26<len26; i26++){
let data172 = data171[i26];
if(data172 && typeof data172 == "object" && !Array.isArray(data172)){
if(data172.filesystem === undefined){
const err306 = {instancePath:instancePath+"/pseudoFiles/add/" + i26,schemaPath:"#/definitions/pseudoFile/required",keyword:"required",params:{missingProperty: "filesystem"},message:"must have required property '"+"filesystem"+"'"};
if(vErrors === null){
vErrors = [err306];
}
else {
vErrors.push(err306);
}
errors++;
}
if(data172.path === undefined){
const err307 = {instancePath:instancePath+"/pseudoFiles/add/" + i26,schemaPath:"#/definitions/pseudoFile/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
if(vErrors === null){
vErrors = [err307];
}
else {
vErrors.push(err307);
}
errors++;
}
if(data172.access === undefined){
const err308 = {instancePath:instancePath+"/pseudoFiles/add/" + i26,schemaPath:"#/definitions/pseudoFile/required",keyword:"required",params:{missingProperty: "access"},message:"must have required property '"+"access"+"'"};
if(vErrors === null){
vErrors = [err308];
}
else {
vErrors.push(err308);
}
errors++;
}
for(const key44 in data172){
if(!(((key44 === "filesystem") || (key44 === "path")) || (key44 === "access"))){
const err309 = {instancePath:instancePath+"/pseudoFiles/add/" + i26,schemaPath:"#/definitions/pseudoFile/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key44},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err309];
}
else {
vErrors.push(err309);
}
errors++;
}
}
if(data172.filesystem !== undefined){
let data173 = data172.filesystem;
if(!(((((((((((((data173 === "proc") || (data173 === "sysfs")) || (data173 === "binfmt_misc")) || (data173 === "cgroup")) || (data173 === "cgroup2")) || (data173 === "configfs")) || (data173 === "debugfs")) || (data173 === "devtmpfs")) || (data173 === "efivarfs")) || (data173 === "fusectl")) || (data173 === "pstore")) || (data173 === "securityfs")) || (data173 === "tracefs"))){
const err310 = {instancePath:instancePath+"/pseudoFiles/add/" + i26+"/filesystem",schemaPath:"#/definitions/pseudoFile/properties/filesystem/enum",keyword:"enum",params:{allowedValues: schema57.properties.filesystem.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err310];
}
else {
vErrors.push(err310);
}
errors++;
}
}
if(data172.path !== undefined){
let data174 = data172.path;
if(typeof data174 === "string"){
if(!pattern23.test(data174)){
const err311 = {instancePath:instancePath+"/pseudoFiles/add/" + i26+"/path",schemaPath:"#/definitions/pseudoFile/properties/path/pattern",keyword:"pattern",params:{pattern: "^/$|^(?!.*/\\*\\*(/[^/]*/|$))(/(?!\\.{1,2}(/|$))[^/\\u0000]{1,63}){1,8}$"},message:"must match pattern \""+"^/$|^(?!.*/\\*\\*(/[^/]*/|$))(/(?!\\.{1,2}(/|$))[^/\\u0000]{1,63}){1,8}$"+"\""};
if(vErrors === null){
vErrors = [err311];
}
else {
vErrors.push(err311);
}
errors++;
}
}
else {
const err312 = {instancePath:instancePath+"/pseudoFiles/add/" + i26+"/path",schemaPath:"#/definitions/pseudoFile/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err312];
}
else {
vErrors.push(err312);
}
errors++;
}
}
if(data172.access !== undefined){
let data175 = data172.access;
if(!((((data175 === "none") || (data175 === "read-only")) || (data175 === "own-cgroup")) || (data175 === "read-write"))){
const err313 = {instancePath:instancePath+"/pseudoFiles/add/" + i26+"/access",schemaPath:"#/definitions/pseudoFile/properties/access/enum",keyword:"enum",params:{allowedValues: schema57.properties.access.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err313];
}
else {
vErrors.push(err313);
}
errors++;
}
}
}
else {
const err314 = {instancePath:instancePath+"/pseudoFiles/add/" + i26,schemaPath:"#/definitions/pseudoFile/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err314];
}
else {
vErrors.push(err314);
}
errors++;
}
}
}
else {
const err315 = {instancePath:instancePath+"/pseudoFiles/add",schemaPath:"#/properties/pseudoFiles/properties/add/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err315];
}
else {
vErrors.push(err315);
}
errors++;
}
}
}
else {
const err316 = {instancePath:instancePath+"/pseudoFiles",schemaPath:"#/properties/pseudoFiles/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err316];
}
else {
vErrors.push(err316);
}
errors++;
}
}
}
else {
const err317 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err317];
}
else {
vErrors.push(err317);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

