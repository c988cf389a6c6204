/* SPDX-License-Identifier: Apache-2.0 */
#define bpf_htonl(number) __builtin_bswap32(number)
#define bpf_ntohl(number) __builtin_bswap32(number)
