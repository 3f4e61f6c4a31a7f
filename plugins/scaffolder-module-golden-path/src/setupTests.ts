import '@testing-library/jest-dom';

// jsdom has no layout; the scaffolder's form scrolls to its top
window.scrollTo = () => {};
