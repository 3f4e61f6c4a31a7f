import { main } from './lib/reset.mjs';

main();
