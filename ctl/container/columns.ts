// SPDX-License-Identifier: Apache-2.0
/** Containers and processes as tables. */
import { shortId } from "../../core/ids.ts";
import type { Column } from "../screen/table.ts";
import type { Colour } from "../screen/terminal.ts";
import type { ContainerMode, ContainerSummary } from "./containers.ts";
import type { ProcessSummary } from "./processes.ts";

export const MODE_COLOURS: Readonly<Record<ContainerMode, Colour | undefined>> = {
  enforce: undefined,
  audit: "yellow",
  mixed: "yellow",
  none: "dim",
};

export const CONTAINER_COLUMNS = [
  { name: "name", cell: ({ name }) => name ?? undefined, shrinks: true, least: 12 },
  { name: "id", cell: ({ id }) => shortId(id), whole: ({ id }) => id, least: 12 },
  { name: "policy", cell: ({ policy }) => policy },
  { name: "mode", cell: ({ mode }) => mode, colour: ({ mode }) => MODE_COLOURS[mode] },
  { name: "phase", cell: ({ phase }) => phase, spare: 1 },
  { name: "tasks", cell: ({ tasks }) => tasks, spare: 2 },
  {
    name: "denials",
    cell: ({ denials }) => denials,
    colour: ({ denials }) => (denials > 0 ? "red" : undefined),
  },
  {
    name: "audits",
    cell: ({ audits }) => audits,
    spare: 3,
    colour: ({ audits }) => (audits > 0 ? "yellow" : undefined),
  },
  { name: "created", cell: ({ created }) => created },
  { name: "root", cell: ({ root }) => root },
  { name: "key", cell: ({ key }) => key },
] as const satisfies readonly Column<ContainerSummary>[];

export const PROCESS_COLUMNS = [
  { name: "pid", cell: ({ pid }) => pid },
  { name: "nspid", cell: ({ nsPid }) => nsPid, spare: 1 },
  { name: "uid", cell: ({ uid }) => uid },
  { name: "threads", cell: ({ threads }) => threads, spare: 2 },
  { name: "command", cell: ({ command }) => command, least: 15 },
  { name: "exe", cell: ({ exe }) => exe ?? undefined },
  {
    name: "container",
    cell: ({ container, key }) => shortId(container ?? key),
    whole: ({ container, key }) => container ?? key,
    least: 12,
  },
  { name: "name", cell: ({ name }) => name ?? undefined, shrinks: true, least: 12 },
  { name: "policy", cell: ({ policy }) => policy ?? undefined },
  {
    name: "phase",
    cell: ({ phase }) => phase,
    colour: ({ phase }) => (phase === "confined" ? undefined : "yellow"),
  },
  { name: "key", cell: ({ key }) => key },
] as const satisfies readonly Column<ProcessSummary>[];
