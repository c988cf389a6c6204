// SPDX-License-Identifier: Apache-2.0
/** The verbs of lockctl: their words → what is declared and done of each, in the order in which help lists them. */
import type { Verb } from "./grammar/verb.ts";
import { verb as completion } from "./verb/completion.ts";
import { verb as containerList } from "./verb/container/list.ts";
import { verb as containerPolicy } from "./verb/container/policy.ts";
import { verb as containerShow } from "./verb/container/show.ts";
import { verb as doctor } from "./verb/doctor.ts";
import { verb as engineList } from "./verb/engine/list.ts";
import { verb as engineRegister } from "./verb/engine/register.ts";
import { verb as engineUnregister } from "./verb/engine/unregister.ts";
import { verb as events } from "./verb/events.ts";
import { verb as learn } from "./verb/learn.ts";
import { verb as load } from "./verb/load.ts";
import { verb as metrics } from "./verb/metrics.ts";
import { verb as policyDiff } from "./verb/policy/diff.ts";
import { verb as policyExplain } from "./verb/policy/explain.ts";
import { verb as policyList } from "./verb/policy/list.ts";
import { verb as policyReload } from "./verb/policy/reload.ts";
import { verb as policyShow } from "./verb/policy/show.ts";
import { verb as policyValidate } from "./verb/policy/validate.ts";
import { verb as processList } from "./verb/process/list.ts";
import { verb as report } from "./verb/report.ts";
import { verb as status } from "./verb/status.ts";
import { verb as unload } from "./verb/unload.ts";
import { verb as watch } from "./verb/watch.ts";
import { verb as why } from "./verb/why.ts";

export const VERBS: Readonly<Record<string, Verb>> = {
  load,
  unload,
  status,
  doctor,
  metrics,
  report,
  events,
  why,
  learn,
  "policy validate": policyValidate,
  "policy list": policyList,
  "policy show": policyShow,
  "policy diff": policyDiff,
  "policy explain": policyExplain,
  "policy reload": policyReload,
  "engine list": engineList,
  "engine register": engineRegister,
  "engine unregister": engineUnregister,
  "container list": containerList,
  "container show": containerShow,
  "container policy": containerPolicy,
  "process list": processList,
  watch,
  completion,
};
