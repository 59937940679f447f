// The ten rules that every set begins with, over the tools `git`, `http` and `pay`.
import type { BenchRule } from "./bench-rule.ts";

export const TEN_RULES: readonly BenchRule[] = [
  {
    id: "push_dev",
    effect: "allow",
    role: "dev",
    tool: "git",
    action: "push",
    when: [{ field: "env", op: "in", value: ["dev", "staging"] }],
  },
  {
    id: "push_prod",
    effect: "approval",
    role: "dev",
    tool: "git",
    action: "push",
    when: [
      { field: "resource", op: "prefix", value: "release/" },
      { field: "env", op: "eq", value: "staging" },
    ],
  },
  {
    id: "push_main",
    effect: "deny",
    role: "dev",
    tool: "git",
    action: "push",
    when: [{ field: "resource", op: "eq", value: "main" }],
  },
  {
    id: "commit",
    effect: "allow",
    role: "dev",
    tool: "git",
    action: "commit",
    when: [{ field: "amount", op: "le", value: 500 }],
  },
  {
    id: "get",
    effect: "allow",
    role: "agent",
    tool: "http",
    action: "get",
    when: [{ field: "host", op: "suffix", value: ".example.com" }],
  },
  {
    id: "get_internal",
    effect: "deny",
    role: "agent",
    tool: "http",
    action: "get",
    when: [
      { field: "host", op: "suffix", value: ".internal.example.com" },
      { field: "env", op: "eq", value: "prod" },
    ],
  },
  {
    id: "post",
    effect: "allow",
    role: "agent",
    tool: "http",
    action: "post",
    when: [
      { field: "host", op: "in", value: ["api.example.com", "hooks.example.com", "pay.example.com"] },
      { field: "amount", op: "le", value: 1000 },
      { field: "env", op: "in", value: ["dev", "staging", "prod"] },
    ],
  },
  {
    id: "post_large",
    effect: "approval",
    role: "agent",
    tool: "http",
    action: "post",
    when: [{ field: "amount", op: "gt", value: 800 }],
  },
  {
    id: "order",
    effect: "allow",
    role: "buyer",
    tool: "pay",
    action: "order",
    when: [
      { field: "amount", op: "le", value: 900 },
      { field: "resource", op: "prefix", value: "office/" },
    ],
  },
  {
    id: "big_order",
    effect: "approval",
    role: "buyer",
    tool: "pay",
    action: "order",
    when: [{ field: "amount", op: "gt", value: 250 }],
  },
];
