// Installs the portal into a folder of its own, ready for production:
//   node scripts/production/install.mjs --to /opt/waymark
import { main } from '../lib/production/install.mjs';

await main();
