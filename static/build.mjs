// Builds static/dist from static/src and app/templates: one style sheet, the scripts, the icon sprite, the fonts, and a manifest of them all.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { compile, optimize } from "@tailwindcss/node";
import { Scanner } from "@tailwindcss/oxide";
import { build } from "esbuild";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "..");
const src = join(here, "src");
const dist = join(here, "dist");
const modules = join(root, "node_modules");
const TEXT = new Set([".css", ".js", ".svg", ".txt", ".json"]);
const PICTURES = new Set([".svg", ".png", ".jpg", ".webp", ".avif"]);

const manifest = {};
const written = new Set(["manifest.json", ".building"]);

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

// Writes one file under a name that carries its content, beside its compressed siblings.
function put(name, content) {
  const bytes = Buffer.from(content);
  const ending = extname(name);
  const mark = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  write(`${name.slice(0, -ending.length).replaceAll("/", "-")}.${mark}${ending}`, bytes, name);
}

function write(file, bytes, name) {
  if (name) manifest[name] = file;
  const all = { [file]: bytes };
  if (TEXT.has(extname(file))) {
    all[`${file}.br`] = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    all[`${file}.gz`] = gzipSync(bytes, { level: 9 });
  }
  for (const [path, content] of Object.entries(all)) {
    written.add(path);
    writeFileSync(join(dist, path), content);
  }
}

// Letters of Western European languages and the signs that careful typing needs; everything else comes from the wider file, when a page has it.
function letters() {
  const ranges = [[0x20, 0x7e], [0xa0, 0xff], [0x2010, 0x2014], [0x2018, 0x201a], [0x201c, 0x201e], [0x2190, 0x2193]];
  const single = [0x131, 0x132, 0x133, 0x152, 0x153, 0x2022, 0x2026, 0x202f, 0x2032, 0x2033, 0x2039, 0x203a, 0x20ac, 0x2122, 0x2212, 0x2264, 0x2265];
  const all = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, step) => from + step)).concat(single);
  return String.fromCodePoint(...all);
}

async function fonts() {
  const folder = (family, file) => readFileSync(join(modules, "@fontsource-variable", family, "files", file));
  const sets = [
    ["inter", "inter", { wght: { min: 400, max: 700 } }, ["kern", "tnum"]],
    ["source-serif", "source-serif-4", { wght: 600 }, ["kern"]],
  ];
  for (const [name, family, variationAxes, keepFeatures] of sets) {
    const near = folder(family, `${family}-latin-wght-normal.woff2`);
    put(`${name}-latin.woff2`, await subsetFont(near, letters(), { targetFormat: "woff2", variationAxes, keepFeatures }));
    put(`${name}-latin-ext.woff2`, folder(family, `${family}-latin-ext-wght-normal.woff2`));
  }
}

function sprite() {
  const wanted = new Map();
  for (const name of readFileSync(join(src, "icons.txt"), "utf8").split(/\s+/).filter(Boolean)) wanted.set(name, "static/src/icons.txt");
  for (const file of files(join(root, "app")).filter((path) => /\.(html|py)$/.test(path))) {
    for (const [, name] of readFileSync(file, "utf8").matchAll(/\bicon(?:=|\()\s*["']([a-z][a-z0-9-]*)["']/g)) wanted.set(name, relative(root, file));
  }
  const symbols = [];
  for (const [name, where] of [...wanted].sort()) {
    const file = join(modules, "lucide-static", "icons", `${name}.svg`);
    if (!existsSync(file)) {
      console.warn(`  no icon is called "${name}" (${where}); names: https://lucide.dev/icons`);
      continue;
    }
    const inner = readFileSync(file, "utf8").replace(/<!--.*?-->/gs, "").replace(/^[^]*?<svg[^>]*>|<\/svg>/g, "").replace(/\s+/g, " ").replaceAll("> <", "><").trim();
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`);
  }
  put("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

function pictures() {
  for (const file of files(src).filter((path) => PICTURES.has(extname(path)))) {
    put(relative(src, file).replaceAll("\\", "/").replace(/^base\//, ""), readFileSync(file));
  }
}

const isApart = (path, ending = ".css") => path.endsWith(ending) && dirname(path).endsWith(`${sep}apart`);
const placed = (code) => code.replace(/url\(["']?([\w/-]+\.\w+)["']?\)/g, (whole, name) => (manifest[name] ? `url(${manifest[name]})` : whole));

async function styles() {
  const rooms = files(src).filter((path) => path.endsWith(".css") && !isApart(path) && !path.startsWith(join(src, "base")) && dirname(path) !== src);
  const imports = rooms.map((path) => `@import "./${relative(src, path).replaceAll("\\", "/")}" layer(utilities.daisyui);`);
  const input = readFileSync(join(src, "app.css"), "utf8").replace("/* rooms */", imports.join("\n"));
  const compiler = await compile(input, { base: src, onDependency() {} });
  const scanner = new Scanner({ sources: compiler.sources });
  const { code } = optimize(compiler.build(scanner.scan()), { minify: true, file: "app.css" });
  put("app.css", placed(code));
  files(src).filter((path) => isApart(path)).forEach((path) => sheet(path, code));
}

// A style sheet of its own, for pages that few people open; it stands on app.css, whose values it uses.
function sheet(path, ground) {
  const { code } = optimize(`@layer utilities.daisyui {\n${readFileSync(path, "utf8")}\n}`, { minify: true, file: basename(path) });
  const missing = [...code.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name).filter((name) => !`${ground}${code}`.includes(`${name}:`));
  if (missing.length) throw new Error(`${relative(root, path)} uses values that app.css does not have: ${[...new Set(missing)].join(", ")}`);
  put(basename(path), placed(code));
}

async function scripts() {
  const rooms = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "base");
  const entryPoints = { app: join(src, "base", "app.js") };
  for (const room of rooms) {
    const file = join(src, room.name, `${room.name}.js`);
    if (existsSync(file)) entryPoints[room.name] = file;
  }
  for (const file of files(src).filter((path) => isApart(path, ".js"))) entryPoints[basename(file, ".js")] = file;
  const result = await build({
    entryPoints, bundle: true, splitting: true, format: "esm", minify: true, target: "es2022", outdir: dist, write: false,
    entryNames: "[name].[hash]", chunkNames: "[name].[hash]", metafile: true, legalComments: "none", absWorkingDir: root, logLevel: "warning",
  });
  const entries = new Map(Object.entries(result.metafile.outputs).map(([path, output]) => [resolve(root, path), output.entryPoint]));
  for (const output of result.outputFiles) {
    const entry = entries.get(output.path);
    const name = entry && Object.keys(entryPoints).find((key) => resolve(root, entry) === entryPoints[key]);
    write(relative(dist, output.path), Buffer.from(output.contents), name && `${name}.js`);
  }
}

// The licences of what stands in the built files travel with them.
function licences() {
  const names = ["htmx.org", "@github/markdown-toolbar-element", "tailwindcss", "daisyui", "lucide-static", "@fontsource-variable/inter", "@fontsource-variable/source-serif-4"];
  const texts = names.map((name) => {
    const file = ["LICENSE", "LICENSE.md"].map((part) => join(modules, name, part)).find(existsSync);
    return `${name}\n\n${file ? readFileSync(file, "utf8").trim() : ""}\n`;
  });
  put("licences.txt", texts.join("\n\n"));
}

const began = Date.now();
mkdirSync(dist, { recursive: true });
await fonts();
sprite();
pictures();
await scripts();
await styles();
licences();
writeFileSync(join(dist, "manifest.json.new"), `${JSON.stringify(manifest, null, 1)}\n`);
renameSync(join(dist, "manifest.json.new"), join(dist, "manifest.json"));
for (const name of readdirSync(dist)) if (!written.has(name)) rmSync(join(dist, name), { recursive: true, force: true });
const size = (name) => `${name} ${(gzipSync(readFileSync(join(dist, manifest[name])), { level: 9 }).length / 1000).toFixed(1)} kB`;
console.log(`  built in ${((Date.now() - began) / 1000).toFixed(1)} s, compressed: ${["app.css", "app.js", "icons.svg"].map(size).join(", ")}`);
