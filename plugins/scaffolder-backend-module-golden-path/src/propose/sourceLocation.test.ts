import { readRepositoryUrl } from '../hosts/readRepositoryUrl';
import { folderOf, splitSourceLocation } from './sourceLocation';

const hosts = ['https://github.com', 'http://localhost:7007/api/forge'].map(
  baseUrl => ({
    parseRepositoryUrl: (url: string) => readRepositoryUrl({ baseUrl, url }),
  }),
);

function locate(target: string, branch = 'main') {
  const split = splitSourceLocation({ hosts, target });
  return split && [split.repositoryUrl, folderOf(split.rest, branch)];
}

describe('the repository of a component', () => {
  it.each([
    ['https://github.com/acme/shop', 'https://github.com/acme/shop', ''],
    [
      'https://github.com/acme/shop/tree/main/',
      'https://github.com/acme/shop',
      '',
    ],
    [
      'https://github.com/acme/tree/tree/main/services/My%20Orders/',
      'https://github.com/acme/tree',
      'services/My Orders/',
    ],
    [
      'https://github.com/acme/shop/blob/main/orders/catalog-info.yaml',
      'https://github.com/acme/shop',
      'orders/',
    ],
    [
      'https://github.com/acme/shop/tree/other/orders/',
      'https://github.com/acme/shop',
      'orders/',
    ],
    [
      'http://localhost:7007/api/forge/acme/src/src/branch/main/src/',
      'http://localhost:7007/api/forge/acme/src',
      'src/',
    ],
  ])('is found in %s', (target, repository, folder) => {
    expect(locate(target)).toEqual([repository, folder]);
  });

  it('has branches with slashes in their names', () => {
    expect(
      locate(
        'https://github.com/acme/shop/tree/release/2/orders/',
        'release/2',
      ),
    ).toEqual(['https://github.com/acme/shop', 'orders/']);
  });

  it.each([
    'https://github.com/acme',
    'https://git.example.com/acme/shop/tree/main/',
    './orders',
    'https://github.com/acme/a%2Fb/tree/main/',
  ])('is not found in %s', target => {
    expect(locate(target)).toBeUndefined();
  });
});
