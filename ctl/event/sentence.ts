// SPDX-License-Identifier: Apache-2.0
/** Events as sentences. */
import type { Event, EventObject } from "../../core/generated/event.ts";
import type { Hook } from "../../core/generated/layout.ts";
import { nameOfContainer } from "../../core/ids.ts";
import { cut, visible } from "../screen/terminal.ts";
import { OF_THE_HOST } from "./values.ts";

type HookName = keyof typeof Hook;

/** What was tried: the act, and its object where the kernel names none. */
const ACTS: Readonly<Record<HookName, readonly [act: string, unnamed: string]>> = {
  NONE: ["an act", ""],
  BPF: ["using bpf(2)", ""],
  BPRM_COMMITTING_CREDS: ["gaining privilege by executing", "a program"],
  BPRM_CREDS_FROM_FILE: ["gaining privilege by executing", "a program"],
  CAPABLE: ["using", "a capability"],
  FILE_FCNTL: ["having signals sent by fcntl(2) to", "another process"],
  FILE_IOCTL: ["an ioctl(2) on", "a file"],
  FILE_IOCTL_COMPAT: ["an ioctl(2) on", "a file"],
  FILE_MPROTECT: ["making code of", "a file without a name"],
  FILE_OPEN: ["opening", "a file"],
  FILE_RECEIVE: ["receiving over a socket", "a file"],
  FS_CONTEXT_PARSE_PARAM: ["giving a parameter to", "a file system"],
  INODE_FILE_SETATTR: ["changing the flags of", "a file"],
  INODE_GETATTR: ["asking for the status of", "a file"],
  INODE_REMOVE_ACL: ["removing the access list of", "a file"],
  INODE_REMOVEXATTR: ["removing an extended attribute of", "a file"],
  INODE_SET_ACL: ["changing the access list of", "a file"],
  INODE_SETATTR: ["changing the attributes of", "a file"],
  INODE_SETXATTR: ["setting an extended attribute of", "a file"],
  KERNEL_LOAD_DATA: ["loading code into the kernel", ""],
  KERNEL_MODULE_REQUEST: ["making the kernel load", "a module"],
  KERNEL_READ_FILE: ["loading into the kernel", "a file"],
  KEY_ALLOC: ["making", "a key"],
  KEY_PERMISSION: ["using", "a key"],
  LOCKED_DOWN: ["an act that kernel_lockdown(7) lists", ""],
  MMAP_ADDR: ["mapping memory at address 0 with", "a capability"],
  MMAP_FILE: ["mapping code of", "a file without a name"],
  MOVE_MOUNT: ["moving a mount to", "a directory"],
  PATH_CHMOD: ["changing the mode of", "a file"],
  PATH_CHOWN: ["changing the owner of", "a file"],
  PATH_CHROOT: ["changing the root directory to", "a directory"],
  PATH_LINK: ["making a link of", "a file"],
  PATH_MKDIR: ["making the directory", "of a directory"],
  PATH_MKNOD: ["making the node", "of a device or the like"],
  PATH_NOTIFY: ["watching", "a file"],
  PATH_RENAME: ["renaming", "a file"],
  PATH_RMDIR: ["removing the directory", "of others"],
  PATH_SYMLINK: ["making the symbolic link", "of a name"],
  PATH_TRUNCATE: ["truncating", "a file"],
  PATH_UNLINK: ["removing", "a file"],
  PERF_EVENT_OPEN: ["using perf_event_open(2)", ""],
  PTRACE_ACCESS_CHECK: ["looking into", "another process"],
  PTRACE_TRACEME: ["being traced by", "another process"],
  QUOTACTL: ["using quotactl(2)", ""],
  SB_KERN_MOUNT: ["mounting", "a file system"],
  SB_MOUNT: ["mounting on", "a directory"],
  SB_PIVOTROOT: ["changing the root mount to", "another"],
  SB_REMOUNT: ["remounting", "a file system"],
  SB_UMOUNT: ["unmounting", "a mount"],
  SCHED_PROCESS_EXIT: ["ending", ""],
  SCHED_PROCESS_FREE: ["being freed", ""],
  SCHED_WAKEUP_NEW: ["beginning", ""],
  SOCKET_BIND: ["binding a socket to", "an address"],
  SOCKET_CONNECT: ["connecting to", "an address"],
  SOCKET_CREATE: ["making a socket", ""],
  SOCKET_LISTEN: ["listening on", "a socket"],
  SOCKET_SENDMSG: ["sending to", "an address"],
  SOCKET_SETSOCKOPT: ["setting a socket's option", ""],
  SYSLOG: ["using the kernel log", ""],
  TASK_ALLOC: ["forking", ""],
  TASK_FIX_SETUID: ["becoming the host's user 0", ""],
  TASK_KILL: ["sending a signal to", "another process"],
  TASK_MOVEMEMORY: ["moving the memory of", "another process"],
  TASK_SETIOPRIO: ["changing the input and output priority of", "another process"],
  TASK_SETNICE: ["changing the priority of", "another process"],
  TASK_SETPGID: ["changing the process group of", "another process"],
  TASK_SETRLIMIT: ["changing the limits of", "another process"],
  TASK_SETSCHEDULER: ["changing the scheduling of", "another process"],
  UNIX_MAY_SEND: ["sending to the socket", "of another"],
  UNIX_STREAM_CONNECT: ["connecting to the socket", "of another"],
  USERNS_CREATE: ["making a user namespace", ""],
};

/** @param text what lockc-runc said, where it spoke */
export function sentence(event: Event, hook: HookName, text: string): string {
  const { rule, policy, container, task, object, count } = event;
  const times = count > 1 ? `, ${count} times` : "";
  const subject = container ? `container ${quote(nameOfContainer(container))}` : "";
  const by = OF_THE_HOST[rule ?? ""] ?? `rule ${rule ?? "unknown"} of policy ${quote(policy)}`;
  switch (event.event) {
    case "denied":
      return `${actor(task, subject)} was refused ${act(rule, hook, object)}${times}: ${by}`;
    case "audited":
      return `${actor(task, subject)} was let through ${act(rule, hook, object)}${times}: ${by} only audits`;
    case "refused":
      return `lockc-runc did not create ${subject || "a container"}: ${visible(text) || by}`;
    case "tolerated":
      return `lockc-runc created ${subject || "a container"} though ${visible(text) || by}, which is only audited`;
    case "registered":
      return `${subject} is registered under policy ${quote(policy)}`;
    case "started":
      return `${subject} runs its own program under policy ${quote(policy)}`;
    case "joined":
      return `${actor(task, "")} entered ${subject}`;
    case "changed":
      return `${subject || "a container"} has policy ${quote(policy)} with new rules now`;
    default:
      return `${subject} ended`;
  }
}

function actor(task: Event["task"], container: string): string {
  const who = task ? `${quote(task.comm)} (${task.pid})` : "a process";
  return container ? `${who} in ${container}` : `${who} of the host`;
}

/** Rules of which the hook file_open asks when a program is opened to be executed. */
const OF_PROGRAMS: readonly (string | null)[] = ["guard", "entry", "filelessPrograms"];

function act(rule: string | null, hook: HookName, object: EventObject): string {
  const executes = hook === "FILE_OPEN" && OF_PROGRAMS.includes(rule);
  const [verb, unnamed] = executes ? ["executing", "a program"] : ACTS[hook];
  return [verb, named(object) ?? unnamed].filter(Boolean).join(" ");
}

function named(object: EventObject): string | undefined {
  if (object === null) return undefined;
  switch (object.type) {
    case "file":
      return object.path === undefined
        ? `inode ${object.inode} of file system ${object.device}`
        : quote(object.path);
    case "process":
      return object.name === undefined
        ? `process ${object.pid}`
        : `${quote(object.name)} (${object.pid})`;
    case "capability":
      return object.name;
    case "address": {
      const { family, address, port } = object;
      if (address === undefined) return `an address of ${family}`;
      return family === "AF_INET6" ? `[${address}]:${port}` : `${address}:${port}`;
    }
    case "socket":
      return `${object.family} ${object.socket}`;
    case "device": {
      const name = object.path === undefined ? "" : ` ${quote(object.path)}`;
      return `${object.kind} device ${object.device}${name}`;
    }
    case "name":
      return quote(object.name ?? "");
    case "number":
      return `(${object.number})`;
  }
}

/** Enough of a path to know it by; `object` has all of it. */
const QUOTED = 256;

function quote(text: string | null): string {
  return `"${cut(visible(text ?? ""), QUOTED).replaceAll('"', '\\"')}"`;
}
