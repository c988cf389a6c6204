// SPDX-License-Identifier: Apache-2.0
/** Engines as people write them on a command line. Pure. */
import { findNearest } from "../../core/suggest.ts";
import { usage } from "../grammar/usage.ts";
import type { EngineWord } from "./registration.ts";

const WORDS: Readonly<Record<string, EngineWord>> = {
  docker: "docker",
  containerd: "containerd",
  podman: "podman",
  crio: "crio",
  "cri-o": "crio",
};

/** @throws LOCKC_E_USAGE */
export function engineOf(word: string): EngineWord {
  const found = Object.hasOwn(WORDS, word.toLowerCase()) ? WORDS[word.toLowerCase()] : undefined;
  if (found !== undefined) return found;
  const nearest = findNearest(word, Object.keys(WORDS));
  throw usage(`there is no engine "${word}": docker, containerd, podman or crio`, {
    nearest,
    about: "engine register",
  });
}
