// Builds the files a page loads. `./osteon assets` runs it; what it writes is committed.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "../src/osteon/site/static/osteon");
const nhsuk = join(here, "node_modules/nhsuk-frontend/dist/nhsuk");

function css(name) {
  return sass.compile(join(here, `src/${name}.scss`), {
    loadPaths: [join(here, "node_modules")],
    style: "compressed",
    quietDeps: true,
    charset: false,
  }).css;
}

// Of the design system's pictures only those that the style sheet names; none is a logo.
function copyIcons(styles) {
  for (const [, icon] of styles.matchAll(/url\("icons\/([^"]+)"\)/g)) {
    copyFileSync(join(nhsuk, "assets/images", icon), join(target, "icons", icon));
  }
}

// The source map is not shipped, so the line that names it would be a missing file.
function withoutSourceMap(script) {
  return script.replace(/\n?\/\/# sourceMappingURL=.*\n?$/, "\n");
}

mkdirSync(join(target, "icons"), { recursive: true });
for (const name of ["osteon", "library"]) {
  const styles = css(name) + "\n";
  writeFileSync(join(target, `${name}.css`), styles);
  copyIcons(styles);
}
writeFileSync(
  join(target, "nhsuk-frontend.js"),
  withoutSourceMap(readFileSync(join(nhsuk, "nhsuk-frontend.min.js"), "utf8")),
);
for (const name of ["osteon.js", "library.js"]) {
  copyFileSync(join(here, "src", name), join(target, name));
}
for (const icon of ["favicon.svg", "osteon.svg"]) {
  copyFileSync(join(here, "icons", icon), join(target, "icons", icon));
}
