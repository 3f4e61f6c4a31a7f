/** As SPDX says it: there is a licence, and nobody knows which. */
const UNKNOWN = 'NOASSERTION';

/** As SPDX licence identifiers are written; also those with exceptions. */
const TAG = /SPDX-License-Identifier:[ \t]*([\w.+() -]{0,100}[\w.+)])/;

/**
 * Licences by what stands in the first lines, with all space made one. What is
 * more special comes first.
 */
const LICENSES: readonly [RegExp, string][] = [
  [/apache license,? version 2\.0/i, 'Apache-2.0'],
  [/gnu affero general public license,? version 3/i, 'AGPL-3.0-only'],
  [/gnu lesser general public license,? version 3/i, 'LGPL-3.0-only'],
  [/gnu lesser general public license,? version 2\.1/i, 'LGPL-2.1-only'],
  [/gnu general public license,? version 3/i, 'GPL-3.0-only'],
  [/gnu general public license,? version 2/i, 'GPL-2.0-only'],
  [/mozilla public license,? version 2\.0/i, 'MPL-2.0'],
  [/eclipse public license -? ?v(?:ersion)? ?2\.0/i, 'EPL-2.0'],
  [/eclipse public license -? ?v(?:ersion)? ?1\.0/i, 'EPL-1.0'],
  [/european union public licen[cs]e v\. ?1\.2/i, 'EUPL-1.2'],
  [/boost software license - version 1\.0/i, 'BSL-1.0'],
  [/business source license 1\.1/i, 'BUSL-1.1'],
  [/server side public license/i, 'SSPL-1.0'],
  [/elastic license 2\.0/i, 'Elastic-2.0'],
  [/creative commons attribution-sharealike 4\.0/i, 'CC-BY-SA-4.0'],
  [/creative commons attribution 4\.0/i, 'CC-BY-4.0'],
  [/cc0 1\.0 universal/i, 'CC0-1.0'],
  [/this is free and unencumbered software/i, 'Unlicense'],
  [/bsd zero clause license|zero-clause bsd/i, '0BSD'],
  [
    /permission to use, copy, modify, and\/or distribute this software for any purpose with or without fee is hereby granted, provided that/i,
    'ISC',
  ],
  [/bsd 2-clause/i, 'BSD-2-Clause'],
  [/bsd 3-clause/i, 'BSD-3-Clause'],
  [
    /redistribution and use in source and binary forms.*neither the name/i,
    'BSD-3-Clause',
  ],
  [/redistribution and use in source and binary forms/i, 'BSD-2-Clause'],
  [
    /permission is hereby granted, free of charge, to any person obtaining a copy/i,
    'MIT',
  ],
  [/\bmit license\b/i, 'MIT'],
];

/** Enough for every licence above to show which it is. */
const LOOK_AT = 3_000;

/**
 * The SPDX identifier of a licence.
 *
 * @param text - the file; undefined when it was not read
 * @internal
 */
export function spdxOf(text: string | undefined): string {
  const start = (text ?? '').slice(0, LOOK_AT);
  const tag = TAG.exec(start);
  if (tag) {
    return tag[1];
  }
  const beginning = start.replace(/[\s#*]+/g, ' ');
  return LICENSES.find(([pattern]) => pattern.test(beginning))?.[1] ?? UNKNOWN;
}
