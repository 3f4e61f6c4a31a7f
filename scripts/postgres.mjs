// Runs a command with a PostgreSQL of its own, for tests on both databases:
//   node scripts/postgres.mjs yarn workspace <package> test
// Without a command the server runs until Ctrl-C.
import { main } from './lib/postgres/main.mjs';

await main();
