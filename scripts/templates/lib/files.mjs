import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

/** A repository on the disk: its files, and what they say. */
export class Files {
  /** @param paths those that count; default: what is committed */
  constructor(directory, paths = committed(directory)) {
    this.directory = directory;
    this.paths = paths.toSorted();
  }

  has(path) {
    return existsSync(join(this.directory, path));
  }

  text(path) {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  json(path) {
    return JSON.parse(this.text(path));
  }

  /** YAML within YAML. */
  parse(source) {
    return parse(source);
  }

  /** Every document of a YAML file. */
  yaml(path) {
    return parseAllDocuments(this.text(path)).map(document => {
      if (document.errors.length > 0) {
        throw new Error(`${path}: ${document.errors[0].message}`);
      }
      return document.toJS();
    });
  }

  isExecutable(path) {
    return (statSync(join(this.directory, path)).mode & 0o111) !== 0;
  }

  matching(pattern) {
    return this.paths.filter(path => pattern.test(path));
  }
}

function committed(directory) {
  return execFileSync('git', ['ls-files', '-z'], {
    cwd: directory,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(Boolean);
}
