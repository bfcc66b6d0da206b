import fc from "fast-check";

// Continuous integration draws the same examples each time: what fails there was changed there. A
// developer's runs draw new ones, and so go on looking.
if (process.env.CI) fc.configureGlobal({ seed: 20261123 });
