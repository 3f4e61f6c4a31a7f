import { main } from './lib/dev.mjs';

main();
