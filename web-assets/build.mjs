// Bundles the libraries into the web reader's static files: npm ci && npm run build
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const vendor = "../src/communique/web/static/vendor";
mkdirSync(vendor, { recursive: true });
const { metafile } = await build({
  entryPoints: ["d3.js"], bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8",
  legalComments: "none", outfile: `${vendor}/d3.js`, metafile: true,
});
copyFileSync("node_modules/world-atlas/countries-110m.json", `${vendor}/world.json`);

const packages = new Set(Object.keys(metafile.inputs).map((path) => path.match(/node_modules\/([^/]+)\//)?.[1]));
packages.delete(undefined);
packages.add("world-atlas");
const notices = [...packages].sort().map((name) => {
  const { version, license, homepage } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const text = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
  return `${name} ${version} (${license}) ${homepage ?? ""}\n\n${text}\n`;
});
const head = "d3.js is bundled from the packages below; world.json is countries-110m.json of world-atlas, made from\n"
  + "Natural Earth, which is in the public domain. Borders are drawn as that map has them.\n";
writeFileSync(`${vendor}/LICENSES`, [head, ...notices].join("\n" + "-".repeat(80) + "\n\n"));
