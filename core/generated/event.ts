// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/event.schema.json by `npm run generate`. Do not edit.

/**
 * null: a process of the host.
 */
export type EventContainer = {
  /**
   * Names it while the host is up, whatever its ID, in 16 hexadecimal digits; only zeros: it was never registered.
   */
  key: string;
  /**
   * As its engine gave it to lockc-runc.
   */
  id: string;
  /**
   * What its engine calls it; null: nothing that lockc-runc was told.
   */
  name: string | null;
} | null;
/**
 * Who did it; null: nobody in particular.
 */
export type EventTask = {
  /**
   * Process (thread group) in the host's PID namespace.
   */
  pid: number;
  /**
   * Thread in the host's PID namespace.
   */
  tid: number;
  /**
   * Process in its own PID namespace.
   */
  nsPid: number;
  /**
   * User on the host.
   */
  uid: number;
  /**
   * The thread's name.
   */
  comm: string;
  /**
   * Path of the program that it runs, as far as known; null: unknown.
   */
  exe: string | null;
} | null;
/**
 * What it was done to; null: the rule forbids the act whatever its object.
 */
export type EventObject = {
  /**
   * Which of the other properties are there; each says of which types it tells.
   */
  type: "file" | "process" | "capability" | "address" | "socket" | "device" | "name" | "number";
  /**
   * file, device: where it is, as the container sees it; what lies on no mount of its: as the file system has it.
   */
  path?: string;
  /**
   * file: of its file system, MAJOR:MINOR. device: its own.
   */
  device?: string;
  /**
   * file: its inode's number there.
   */
  inode?: number;
  /**
   * process: in the host's PID namespace.
   */
  pid?: number;
  /**
   * process: its name. capability: CAP_… of capabilities(7). name: an abstract socket (with @), a kernel module, a file system.
   */
  name?: string;
  /**
   * device: whether it is read in characters or blocks.
   */
  kind?: "char" | "block";
  /**
   * file, device: what of it was wanted, some of r (read), w (write), m (make a node of it); absent: the rule does not ask.
   */
  access?: string;
  /**
   * address, socket: AF_… of address_families(7).
   */
  family?: string;
  /**
   * address: IP address, without port.
   */
  address?: string;
  /**
   * address: TCP or UDP port, or the like.
   */
  port?: number;
  /**
   * socket: its type and protocol, such as SOCK_RAW 1.
   */
  socket?: string;
  /**
   * number: a command or an option of the hook.
   */
  number?: number;
} | null;

/**
 * One line of `lockctl events --json`. Names and meanings stay; new ones may come.
 */
export interface Event {
  /**
   * warn: something was refused. info: it was let through since its rule is only audited, or a policy was changed. debug: a container came, went or was entered.
   */
  level: "warn" | "info" | "debug";
  /**
   * When, in UTC, RFC 3339 with milliseconds; of the last one if the event stands for several.
   */
  time: string;
  /**
   * Number of the event since the programs were loaded; a gap means that events were lost. 0 where lockctl itself speaks, of events that were lost.
   */
  sequence: number;
  /**
   * denied, audited: user code of a container, or with the rules guard and entry a process of the host. refused, tolerated: lockc-runc, as it was to create the container. registered, started, joined, changed, released: what became of the container. lost: events of which nobody read in time, told by lockctl.
   */
  event:
    | "denied"
    | "audited"
    | "refused"
    | "tolerated"
    | "registered"
    | "started"
    | "joined"
    | "changed"
    | "released"
    | "lost";
  /**
   * How many like it since the event before: the same container, rule and object.
   */
  count: number;
  /**
   * The policy's rule by its name in policy files, guard, or entry; null: none.
   */
  rule: string | null;
  /**
   * Where the kernel asked: the LSM hook; null: it was not the kernel.
   */
  hook: string | null;
  /**
   * The container's policy; null: none.
   */
  policy: string | null;
  container: EventContainer;
  task: EventTask;
  object: EventObject;
  allowedBy?: EventAllowance;
  /**
   * The whole in one English sentence; its wording may change.
   */
  msg: string;
}
/**
 * refused, tolerated: of each rule that refuses it the least that it would have to say, in a policy that extends this one, to let the container be made; null: nothing lets just this through. Absent: no rule refused it, or it is too long to be told.
 */
export interface EventAllowance {
  [k: string]:
    | null
    | {
        [k: string]: unknown;
      }[];
}
