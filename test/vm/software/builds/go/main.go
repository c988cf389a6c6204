// SPDX-License-Identifier: Apache-2.0

package main

import "git.invalid/greet.git"

func main() { println(greet.Words()) }
