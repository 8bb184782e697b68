const services = [
  ...["analytics", "audit", "auth", "billing", "cart", "catalog", "checkout", "crm", "delivery", "events", "exports"],
  ...["fraud", "gateway", "identity", "imports", "inventory", "invoices", "ledger", "loyalty", "media", "metrics"],
  ...["notifications", "orders", "partners", "payments", "pricing", "profile", "recommendations", "refunds", "reports"],
  ...["returns", "search", "sessions", "shipping", "stock", "subscriptions", "support", "tax", "users", "warehouse"],
];

const uses: Record<string, string> = {
  "admin-password": "Administrator of the % service",
  api_key: "Key of the % API",
  database: "Login of the % database",
  "mail-relay": "Login of the % service at the mail relay",
  "oauth-client": "The % service as an OAuth client",
  redis: "Password of the % cache",
  "signing-key": "Signs what the % service sends",
  webhook: "Shared with those who call the % webhook",
};

// None is the beginning of another, so that their order holds whatever number follows.
const stems = services
  .flatMap((service) =>
    Object.entries(uses).map(([use, text]) => ({ name: `${service}-${use}`, description: text.replace("%", service) })),
  )
  .sort((left, right) => (left.name < right.name ? -1 : 1));

/** How many names there are with so many digits at the end. */
export function countNames(digits: number): number {
  return stems.length * 10 ** digits;
}

/** The name at a place among all those with so many digits, for example `orders-database-0417`, and what it is for. */
export function nameAt(place: number, digits: number): { name: string; description: string } {
  const stem = stems[Math.floor(place / 10 ** digits)];
  if (!stem) throw new RangeError(`there is no name ${place}`);
  if (digits === 0) return stem;
  const number = String(place % 10 ** digits).padStart(digits, "0");
  return { name: `${stem.name}-${number}`, description: stem.description };
}
