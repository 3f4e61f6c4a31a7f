import { spdxOf } from './spdxOf';

describe('the licence of a text', () => {
  it.each([
    [
      'MIT',
      'MIT License\n\nCopyright (c) 2026\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\nof this software',
    ],
    ['MIT', '# The MIT License\n'],
    ['Apache-2.0', '   Apache License\n      Version 2.0, January 2004\n'],
    [
      'AGPL-3.0-only',
      'GNU AFFERO GENERAL PUBLIC LICENSE\n   Version 3, 19 November 2007',
    ],
    [
      'LGPL-2.1-only',
      'GNU LESSER GENERAL PUBLIC LICENSE\n Version 2.1, February 1999',
    ],
    ['GPL-3.0-only', 'GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007'],
    ['MPL-2.0', 'Mozilla Public License Version 2.0\n===='],
    [
      'BSD-3-Clause',
      'Redistribution and use in source and binary forms, with or without\n...\n3. Neither the name of the copyright holder',
    ],
    [
      'BSD-2-Clause',
      'Redistribution and use in source and binary forms, with or without',
    ],
    [
      'GPL-2.0-or-later WITH Classpath-exception-2.0',
      '// SPDX-License-Identifier: GPL-2.0-or-later WITH Classpath-exception-2.0\n\nMIT License',
    ],
    ['NOASSERTION', 'All rights reserved.'],
    ['NOASSERTION', ''],
    ['NOASSERTION', undefined],
  ])('is %s', (spdx, text) => {
    expect(spdxOf(text)).toBe(spdx);
  });
});
