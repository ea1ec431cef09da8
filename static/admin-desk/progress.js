// Looks every two seconds how far an import is, and shows the whole page anew when it has ended.

const SECONDS = 2;

async function look() {
  const shown = document.querySelector("[data-progress]");
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const news = page.querySelector("[data-progress]");
    if (!answer.ok || !news) {
      location.reload();
      return;
    }
    if (news.textContent !== shown.textContent) {
      shown.replaceChildren(...news.childNodes);
    }
  } catch {
    // The server may be restarting: look again.
  }
  setTimeout(look, SECONDS * 1000);
}

setTimeout(look, SECONDS * 1000);
