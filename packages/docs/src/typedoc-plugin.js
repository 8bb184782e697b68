import { Converter, PageEvent, ReflectionKind } from "typedoc";
import ts from "typescript";

/** @param {import("typedoc").Application} app */
export function load(app) {
  // TypeDoc drops the type of `@throws {RangeError} …`.
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const reflection of context.project.getReflectionsByKind(ReflectionKind.SomeSignature)) {
      const tags = reflection.comment?.getTags("@throws") ?? [];
      const [declaration] =
        tags.length > 0 ? (context.getSymbolFromReflection(reflection.parent)?.declarations ?? []) : [];
      const types = declaration ? ts.getJSDocTags(declaration).filter(({ tagName }) => tagName.text === "throws") : [];
      for (const [index, tag] of tags.entries()) {
        const type = types[index]?.typeExpression?.type.getText();
        if (type) tag.content.unshift({ kind: "code", text: `\`${type}\`` }, { kind: "text", text: ": " });
      }
    }
  });

  // TypeDoc writes the same link into the pages of every folder.
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = page.contents?.replaceAll("{site}/", "../".repeat(page.url.split("/").length));
  });
}
