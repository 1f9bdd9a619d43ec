/** What HubSpot's own library says of the project's descriptors, offline, with our schemas in place of an account's. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { http } from '@hubspot/local-dev-lib/http';
import { getProjectMetadata, parseProjectConfig } from '@hubspot/project-parsing-lib/projects';
import {
  type IntermediateRepresentationNode,
  isTranslationError,
  translate,
} from '@hubspot/project-parsing-lib/translate';
import { COMPONENT_SCHEMAS } from './component-schemas.ts';

export interface Descriptors {
  /** One line each; empty when the project could be uploaded. */
  readonly findings: readonly string[];
  /** Folder of the components. */
  readonly srcDir: string;
  /** Entry files, as `app/cards/X.tsx`. */
  readonly entrypoints: readonly string[];
}

/** @param projectDir holds `hsproject.json`. */
export async function checkDescriptors(projectDir: string): Promise<Descriptors> {
  let config: ReturnType<typeof parseProjectConfig>;
  try {
    config = parseProjectConfig(projectDir);
  } catch (error) {
    return { findings: [messageOf(error)], srcDir: projectDir, entrypoints: [] };
  }
  const srcDir = resolve(projectDir, config.srcDir);
  const translated = await translateOffline(srcDir, config.platformVersion);
  if ('findings' in translated) return { ...translated, srcDir, entrypoints: [] };
  const { nodes, skipped } = translated;
  const entrypoints = nodes.flatMap((node) => {
    const entry = (node.config as { entrypoint?: unknown }).entrypoint;
    return typeof entry === 'string' ? [entry.replace(/^\//, '')] : [];
  });
  return {
    srcDir,
    entrypoints,
    findings: [
      ...skipped.map((file) => `${file}: a component in a folder where HubSpot looks for none`),
      ...(await tooMany(srcDir)),
      ...entrypoints
        .filter((entry) => !existsSync(join(srcDir, entry)))
        .map((entry) => `${entry}: named as an entry point, but missing`),
      ...nodes.flatMap(unlabelled),
    ],
  };
}

type Translated =
  | { readonly nodes: readonly IntermediateRepresentationNode[]; readonly skipped: string[] }
  | { readonly findings: readonly string[] };

/** The library asks an account for the schemas; here it is answered by ours, and nothing else. */
async function translateOffline(
  projectSourceDir: string,
  platformVersion: string,
): Promise<Translated> {
  const asked = http.get;
  http.get = (async () => ({ data: COMPONENT_SCHEMAS })) as unknown as typeof http.get;
  try {
    const { intermediateRepresentation, skippedHsMetaFiles } = await translate({
      projectSourceDir,
      platformVersion,
      accountId: 1,
    });
    return {
      nodes: Object.values(intermediateRepresentation.intermediateNodesIndexedByUid),
      skipped: skippedHsMetaFiles,
    };
  } catch (error) {
    return { findings: [isTranslationError(error) ? error.toString(false) : messageOf(error)] };
  } finally {
    http.get = asked;
  }
}

async function tooMany(srcDir: string): Promise<string[]> {
  const { components } = await getProjectMetadata(srcDir);
  return Object.entries(components)
    .filter(([, { count, maxCount }]) => count > maxCount)
    .map(
      ([type, { count, maxCount }]) => `${type}: ${count} components where ${maxCount} is the most`,
    );
}

interface ActionConfig {
  readonly inputFields: readonly { readonly typeDefinition: { readonly name: string } }[];
  readonly outputFields: readonly { readonly typeDefinition: { readonly name: string } }[];
  readonly labels: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>
  >;
}

/** Fields of a workflow action that some language has no label for. */
function unlabelled(node: IntermediateRepresentationNode): string[] {
  if (node.componentType !== 'WORKFLOW_ACTION') return [];
  const { inputFields, outputFields, labels } = node.config as unknown as ActionConfig;
  return Object.entries(labels).flatMap(([language, words]) =>
    (
      [
        ['inputFieldLabels', inputFields],
        ['outputFieldLabels', outputFields],
      ] as const
    ).flatMap(([table, fields]) =>
      fields
        .map((f) => f.typeDefinition.name)
        .filter((name) => words[table]?.[name] === undefined)
        .map((name) => `${node.metaFilePath}: ${language} has no ${table} for ${name}`),
    ),
  );
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
