import getPort, { portNumbers } from "get-port";

const host = "127.0.0.1";

/**
 * The port that is wanted, or the next free one, which is told.
 *
 * @throws {RangeError} It is no port.
 */
export async function choosePort(name: string, wanted: string): Promise<number> {
  const first = Number(wanted);
  if (!/^\d+$/.test(wanted) || first < 1024 || first > 65_435) {
    throw new RangeError(`The ${name} can't have port "${wanted}": give a number from 1024 to 65435`);
  }
  const port = await getPort({ host, port: portNumbers(first, first + 100) });
  if (port !== first) console.log(`Port ${first} is taken: the ${name} has ${port}.`);
  return port;
}
