// What the phone keeps: operations that were not answered yet, one queue for all of its tabs, and who serves.
const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("counter", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("operations", { keyPath: "request" });
    asked.result.createObjectStore("till", { keyPath: "name" });
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
opened.catch(() => { /* A browser that keeps nothing sends its forms as they are. */ });

const inStore = async (name, mode, act) => {
  const database = await opened;
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: "strict" });
    const asked = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
};

window.counterStore = {
  keep: (operation) => inStore("operations", "readwrite", (store) => store.put(operation)),
  drop: (request) => inStore("operations", "readwrite", (store) => store.delete(request)),
  all: async () => (await inStore("operations", "readonly", (store) => store.getAll())).sort((one, other) => one.at - other.at),
  serves: async () => (await inStore("till", "readonly", (store) => store.get("serves")))?.value,
  setServes: (value) => inStore("till", "readwrite", (store) => store.put({ name: "serves", value })),
  forget: () => inStore("till", "readwrite", (store) => store.clear()),
};
