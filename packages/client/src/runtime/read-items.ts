/** Reads the items of pages one by one. */
export function readItems<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Item[],
): AsyncGenerator<Item, void, undefined> {
  // What is left of the page that is being read.
  let left: IterableIterator<Item> = [].values();
  async function* read(): AsyncGenerator<Item, void, undefined> {
    try {
      for await (const page of pages) {
        left = itemsOf(page).values();
        for (const item of left) yield item;
      }
    } finally {
      left = [].values();
    }
  }
  const generator = read();
  // How many calls wait for the generator: the next must wait behind them.
  let waiting = 0;
  const counted =
    <Given>(method: (given: Given) => Promise<IteratorResult<Item, void>>) =>
    (given: Given) => {
      waiting++;
      return method.call(generator, given).finally(() => waiting--);
    };
  const next = counted(generator.next);
  // What is left of a page comes without the generator, whose turns would make a listing cost a tenth more.
  generator.next = () => {
    const item = waiting ? undefined : left.next();
    return item && !item.done ? Promise.resolve(item) : next(undefined);
  };
  generator.return = counted(generator.return);
  generator.throw = counted(generator.throw);
  return generator;
}
