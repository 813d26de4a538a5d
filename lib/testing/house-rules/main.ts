import { checkProject } from "./check-project";

const { files, texts, imports, violations } = checkProject(process.cwd());
for (const { rule, path, message } of violations) process.stdout.write(`${path}: ${rule}: ${message}\n`);
process.stdout.write(
  `House rules: ${files.length} sources, ${texts.length} texts, ${imports.length} imports, ${violations.length} violations\n`,
);
if (violations.length > 0 || files.length === 0 || texts.length === 0 || imports.length === 0)
  process.exitCode = 1;
