// SPDX-License-Identifier: Apache-2.0

// Package greet is what the program fetches.
package greet

// Words says that the program runs.
func Words() string { return "fetched, built and run" }
