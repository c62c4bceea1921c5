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

// Of two who change an operation, in whatever tabs, one is first; whether it was there, and was changed.
const changed = async (request, change) => {
  const database = await opened;
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("operations", "readwrite", { durability: "strict" });
    const store = transaction.objectStore("operations");
    let did = false;
    store.get(request).onsuccess = ({ target }) => { did = Boolean(target.result && change(store, target.result)); };
    transaction.oncomplete = () => resolve(did);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
};

window.counterStore = {
  // Whoever sends it says so first: from then on it may be booked, and is not taken back here.
  begin: (request) => changed(request, (store, operation) => store.put({ ...operation, isTried: true })),
  takeBack: (request) => changed(request, (store, operation) => !operation.isTried && store.delete(request)),
  keep: (operation) => inStore("operations", "readwrite", (store) => store.put(operation)),
  drop: (request) => inStore("operations", "readwrite", (store) => store.delete(request)),
  all: async () => (await inStore("operations", "readonly", (store) => store.getAll())).sort((one, other) => one.at - other.at),
  serves: async () => (await inStore("till", "readonly", (store) => store.get("serves")))?.value,
  setServes: (value) => inStore("till", "readwrite", (store) => store.put({ name: "serves", value })),
  forget: () => inStore("till", "readwrite", (store) => store.clear()),
};
