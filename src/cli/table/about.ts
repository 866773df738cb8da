import type { CommandRow } from "./row.js";

/** For editors and shells. */
export const aboutRows: readonly CommandRow[] = [
  {
    usage: "schema [event|template]",
    says: "JSON Schema of event.yaml or template.yaml, for completion and checking in editors",
    options: [],
    words: ["event", "template"],
    examples: ["lulus schema > event.schema.json", "lulus schema template > template.schema.json"],
    run: async ([kind]) => (await import("../schema.js")).schema(kind),
  },
  {
    usage: "completion <shell>",
    says: "what makes the shell complete commands, options and files: bash, zsh, fish or powershell",
    options: [],
    words: ["bash", "zsh", "fish", "powershell"],
    examples: [
      "lulus completion bash > ~/.local/share/bash-completion/completions/lulus",
      "lulus completion zsh > ~/.zfunc/_lulus",
      "lulus completion fish > ~/.config/fish/completions/lulus.fish",
      "lulus completion powershell >> $PROFILE",
    ],
    run: async ([shell], _, table) => (await import("../completion.js")).completion(shell, table),
  },
];
