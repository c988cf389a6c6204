// SPDX-License-Identifier: Apache-2.0
/**
 * Which of what a container is given has the token of its Kubernetes service account: what is
 * mounted where clients of Kubernetes' API look for it, and a volume of the kubelet's with a
 * token in it, wherever that is mounted. A volume is one as a whole: at each rotation the
 * kubelet makes all its files anew (kubelet, atomic_writer.go), so none of them can be told
 * from the token by what does not change.
 */
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { isWithin } from "../path.ts";
import type { Located } from "./mounts.ts";

/** Where clients look: in most images two names of one place, in some of two. */
const PLACES = ["/var/run", "/run"].map((run) => `${run}/secrets/kubernetes.io/serviceaccount`);

/** A kubelet's volume below its root-dir: projected, or a secret, as tokens were before. */
const VOLUME = /^.*\/pods\/[^/]+\/volumes\/kubernetes\.io~(projected|secret)\/[^/]+/;

/** What has all of these is what the kubelet makes for a service account (serviceaccount admission). */
const FILES = ["token", "ca.crt", "namespace"];

/** As large as an item of a volume that holds a token can be; and so many are looked at. */
const TOKEN_BYTES = 16 * 1024;
const MOST_FILES = 256;

/** Where below `destination` clients look for the token, if what is mounted there is a parent. */
export function tokensBelow(destination: string): string[] {
  return PLACES.filter((it) => it !== destination && isWithin(it, destination)).map((it) =>
    it.slice(destination === "/" ? 1 : destination.length + 1),
  );
}

/**
 * Whether it is, or has, a service account's token.
 * @param destination where it appears in the container.
 */
export function hasToken(place: Located, destination: string): boolean {
  const wanted = PLACES.some((it) => isWithin(destination, it));
  const volume = [place.path, ...place.otherNames].map((name) => VOLUME.exec(name)).find(Boolean);
  if (!wanted && !volume) return false;
  const open = `/proc/self/fd/${place.fd}`;
  if (statSync(open).isFile()) return (wanted && destination.endsWith("/token")) || isToken(open);
  return wanted || holdsToken(volume![0], volume![1] === "projected");
}

/** Links lead to what is found without them. What cannot be looked at counts as one that has. */
function holdsToken(volume: string, projected: boolean): boolean {
  try {
    const files = readdirSync(volume, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const has = (name: string) => files.some((entry) => entry.name === name);
    if (FILES.every(has)) return true;
    const isOne = ({ parentPath, name }: Dirent) => isToken(`${parentPath}/${name}`);
    return projected && (files.length > MOST_FILES || files.some(isOne));
  } catch {
    return true;
  }
}

/** A JWT whose subject is a service account. */
function isToken(file: string): boolean {
  if (statSync(file).size > TOKEN_BYTES) return false;
  const [, payload = "", ...signature] = readFileSync(file, "latin1").split(".");
  if (signature.length !== 1) return false;
  try {
    const { sub } = JSON.parse(Buffer.from(payload, "base64url").toString());
    return String(sub).startsWith("system:serviceaccount:");
  } catch {
    return false;
  }
}
