/** Version of the page, from package.json; the service that answers it may be newer. */
declare const __VERSION__: string;
