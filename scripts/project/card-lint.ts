/** HubSpot's own lint rules over the React code of the project. */
import { ESLint } from 'eslint';

/** Findings, one line each. */
export async function lintCards(srcDir: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: srcDir,
    overrideConfigFile: `${process.cwd()}/extensions/hubspot/eslint.config.mjs`,
  });
  const results = await eslint.lintFiles(['.']);
  return results.flatMap(({ filePath, messages }) =>
    messages.map((m) => `${filePath.slice(srcDir.length + 1)}:${m.line}: ${m.message}`),
  );
}
