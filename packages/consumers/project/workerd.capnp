using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "dist/worker/worker.js")],
      compatibilityDate = "2026-11-01",
      bindings = [(name = "endpoint", fromEnvironment = "ENDPOINT")],
    )),
    # The mock is on this machine.
    (name = "internet", network = (allow = ["private"])),
  ],
);
