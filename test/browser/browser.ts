/** A real browser for tests of pages: Debian's Chromium, or the one that CHROMIUM names. */
import { existsSync } from "node:fs";
import { type Browser, type Page, chromium } from "playwright-core";

const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
/** CI must have a browser; elsewhere the tests say that there is none. */
export const options = {
  skip: executablePath === undefined && !process.env.CI ? "no Chromium (apt-get install chromium)" : false,
};

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}
/** A page that opened `url` without errors; later ones are added to `errors`. */
export async function openPage(browser: Browser, url: string): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:"))
      errors.push(`asked for ${request.url()}`);
  });
  await page.goto(url);
  return { page, errors };
}
