// For a program that runs until somebody ends it: it ends well, and together with what started it.
import { spawnSync } from "node:child_process";

const { stdin } = process;

// In a terminal, Ctrl-C is a key for this process alone. As a signal it would reach the shells and package managers above
// as well, and each would end with an error of its own.
if (stdin.isTTY) {
  stdin.setRawMode(true).on("data", (keys) => {
    if (keys.includes(3)) end("SIGINT");
  });
  stdin.unref();
}

// They do not pass on a signal that ends them: npx, its shell, pnpm and another shell stand above.
const starters = findStarters();
setInterval(() => {
  if (!starters.every(isRunning)) end("SIGTERM");
}, 500).unref();

function end(signal) {
  if (!process.emit(signal)) process.exit(1);
}

function findStarters() {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const lines = Array.from((stdout ?? "").matchAll(/^ *(\d+) +(\d+) (.*)$/gm));
  const found = [];
  for (let pid = process.ppid; ; ) {
    const [, , parent, command = ""] = lines.find(([, id]) => Number(id) === pid) ?? [];
    if (!/^(\S*\/)?sh (-c|\S*\/node_modules\/\.bin\/)|\b(p?np[mx]|pnx?)\b/.test(command)) return found;
    found.push(pid);
    pid = Number(parent);
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
